import type { Phrase } from '../../command/command.ts';
import type { ContactMethod } from '../../domain/contacts/contact.ts';
import type { RawArgs } from '../../message/invocation.ts';

/** The same args for several phrases, each with words after it. */
const phrases = (args: RawArgs, starts: readonly string[]): Phrase[] =>
  starts.map((start) => ({ says: `${start} …`, args }));

const by = (how: ContactMethod): RawArgs => ({ how });
const tried: RawArgs = { noreply: 'yes' };

/** How people begin to tell of a contact. */
export const contactPhrases: readonly Phrase[] = [
  ...phrases({}, [
    'spoke to',
    'spoke with',
    'talked to',
    'talked with',
    'chatted to',
    'chatted with',
  ]),
  ...phrases({}, ['had a chat with', 'heard from', 'saw', 'caught up with', 'been in touch with']),
  ...phrases({}, ['spoken to', 'spoken with', 'log that i spoke to', 'had a word with']),
  ...phrases(by('call'), [
    'rang',
    'phoned',
    'called',
    'had a call with',
    'call from',
    'had a call from',
  ]),
  ...phrases(by('call'), ['got a call from', 'phone call from', 'spoke on the phone to']),
  ...phrases(by('call'), ['spoke on the phone with']),
  ...phrases(by('meeting'), [
    'met',
    'met with',
    'met up with',
    'had a meeting with',
    'had a zoom with',
  ]),
  ...phrases(by('meeting'), ['had coffee with', 'had a coffee with']),
  ...phrases(by('email'), ['emailed', 'email from', 'had an email from', 'got an email from']),
  ...phrases(by('visit'), ['visited', 'popped in to', 'popped into', 'went to see']),
  ...phrases(by('message'), ['texted', 'messaged', 'whatsapped', 'text from', 'had a text from']),
  ...phrases(by('letter'), ['wrote to', 'letter from']),
  ...phrases({ ...by('call'), ...tried }, ['tried to ring', 'tried to call', 'tried to phone']),
  ...phrases({ ...by('call'), ...tried }, ['tried ringing', 'tried calling', 'tried phoning']),
  ...phrases({ ...by('call'), ...tried }, ['left a message for', 'left a message with']),
  ...phrases({ ...by('call'), ...tried }, ['left a voicemail for', 'left a voicemail with']),
  ...phrases(tried, [
    'tried to reach',
    'tried to contact',
    'tried to get hold of',
    'no answer from',
  ]),
  ...phrases(tried, ['no reply from', 'could not reach', 'could not get hold of']),
];
