import { changeMeeting, meetingOff, planMeeting } from './meeting.ts';
import { prepare } from './prepare.ts';

export const meetingCommands = [prepare, planMeeting, changeMeeting, meetingOff];
