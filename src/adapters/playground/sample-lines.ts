/** What the sample's members have typed, oldest partner first: real organisations, everyday contacts, nobody invented. */
export const sampleLines: readonly (readonly [who: string, line: string])[] = [
  [
    'grace',
    'partner add Withernsea Town Council level:local sector:"local government" kinds:"information sharing, co-producing" lead:@Grace every:"4 weeks"',
  ],
  [
    'grace',
    'partner add Withernsea High School level:local sector:education kinds:"co-producing" lead:@Tom every:"6 weeks"',
  ],
  [
    'grace',
    'partner add The Shores Centre level:hyperlocal sector:community kinds:"co-producing, information sharing" lead:@Maya every:"3 weeks"',
  ],
  [
    'grace',
    'partner add East Riding of Yorkshire Council level:regional sector:"local government" kinds:"commissioning, information sharing" lead:@Grace every:"8 weeks"',
  ],
  [
    'grace',
    'partner add Humberside Fire and Rescue Service level:regional sector:"emergency services" kinds:"information sharing" lead:@Tom every:"3 months"',
  ],
  [
    'grace',
    'partner add The National Lottery Community Fund level:national sector:funder kinds:"grant funding" lead:@Grace every:"3 months"',
  ],
  [
    'grace',
    'partner add Groundwork UK level:national sector:environment kinds:"grant funding, contracting" lead:@Tom every:"8 weeks"',
  ],
  [
    'grace',
    'partner add Withernsea & Patrington Medical Group level:local sector:health kinds:"information sharing" lead:@Maya every:"6 weeks"',
  ],
  [
    'tom',
    'log Withernsea High School talked about pupils helping at the summer fair how:meeting when:"9 weeks ago"',
  ],
  [
    'grace',
    'log The National Lottery Community Fund asked how the grant report should look how:call when:"7 weeks ago"',
  ],
  [
    'tom',
    'log Humberside Fire and Rescue Service picked up leaflets on home safety visits how:visit when:"6 weeks ago"',
  ],
  [
    'tom',
    'log Groundwork UK went through ideas for the community garden how:call when:"5 weeks ago" next:"send the garden plan" by:"in 3 days" who:@Tom',
  ],
  [
    'grace',
    'log East Riding of Yorkshire Council the plan for the seafront paths how:email when:"4 weeks ago"',
  ],
  [
    'maya',
    'log Withernsea & Patrington Medical Group asked about a stall on keeping well how:visit when:"3 weeks ago"',
  ],
  [
    'maya',
    'log The Shores Centre talked about the room for the summer fair how:meeting when:"2 weeks ago" next:"confirm the room for the fair" by:tomorrow who:@Maya',
  ],
  [
    'grace',
    'log Withernsea Town Council talked about dates for the summer fair how:meeting when:"1 week ago" next:"send the dates to everyone" by:"in 1 week" who:@Grace',
  ],
  ['grace', 'digest schedule channel:#partners day:monday at:09:00'],
];
