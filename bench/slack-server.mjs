// An app on Slack in a process of its own: `node bench/slack-server.mjs convenor|bare OPTIONS`, the options as extended
// JSON. It prints its address, and stops on SIGTERM.
import mongoose from 'mongoose';
import { openBareBolt } from './bare-bolt.mjs';
import { openSlackApp } from './slack-app.mjs';

const [which, options] = process.argv.slice(2);
const given = mongoose.mongo.BSON.EJSON.parse(options);
const app = await (which === 'bare' ? openBareBolt : openSlackApp)(given);
process.once('SIGTERM', () => app.stop().then(() => process.exit(0)));
console.log(`Ready: ${app.url}`);
