import { prepare } from './prepare.ts';

export const meetingCommands = [prepare];
