// An app on Discord in a process of its own: `node bench/discord-server.mjs convenor|bare OPTIONS`, the options as
// extended JSON. It prints when it is ready, and stops on SIGTERM.
import mongoose from 'mongoose';
import { openBareDiscord } from './bare-discord.mjs';
import { openDiscordApp } from './discord-app.mjs';

const [which, options] = process.argv.slice(2);
const given = mongoose.mongo.BSON.EJSON.parse(options);
const app = await (which === 'bare' ? openBareDiscord : openDiscordApp)(given);
process.once('SIGTERM', () => app.stop().then(() => process.exit(0)));
console.log(`Ready: ${which}`);
