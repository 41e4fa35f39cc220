/** A set of words from a text with spaces between them. */
const wordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that start the account of what happened: a name ends before them. */
const VERBS = wordSet(`
  met meet meeting meetings meets call called calls calling rang ring ringing phoned phone phoning emailed email emails
  emailing wrote write writes texted text texting messaged message visited visit visiting visits spoke speak speaks
  speaking talked talk talking talks chatted chat chatting saw see sees seen came come comes coming said say says
  told tell tells asked ask asks asking sent send sends sending had have has having was were is are be been will would
  could can should may might must do does did done left leave leaves leaving wants want wanted need needs needed got
  get gets gave give gives given offered offer offers agreed agree agrees promised promise promises popped dropped
  bumped joined join joins update updated catch caught replied reply replies answered answer answers rejected refused
  declined accepted confirmed cancelled postponed moved moving closed closes opened opens started starts finished
  helped helps brought brings bring took takes take taken went go goes going gone made makes make put puts showed
  shows show signed signs sign paid pays pay bought thanked thanks thank invited invites hosted hosts held holds
  runs ran run thinks think thought knows know known likes liked loved looked looks looking hopes hoped heard hear
  mentioned explained discussed reported complained apologised chased booked arranged planned suggested proposed
  shared announced attended turned waiting waited received worried about re regarding concerning
  noreply voicemail zoom zoomed whatsapp whatsapped facetime skyped today yesterday tomorrow tonight not`);

/** Those of them that are things as well, as in "a productive meeting", or no verbs. */
const NOUNS_TOO = wordSet(`
  meet meeting meetings call calls ring phone email emails text message visit visits talk talks chat chats update
  offer offers answer answers reply replies report show shows promise sign plan start run runs help must need needs
  want catch thanks thank about re regarding concerning noreply voicemail zoom whatsapp facetime today yesterday
  tomorrow tonight not`);

/** Words that begin what is said of a partner, so that a name ends before them too. */
const CLAUSE_STARTS = wordSet(`
  a an the this that these those there here i we you he she they it them us me him who whom whose which what when where
  why how our my your his her their its all any both each every either neither some somebody someone anybody anyone
  everyone everybody nobody nothing something after before because if since so than then though until unless while
  during again also already always away back but by down ever finally from how however into just last later maybe
  near never next now off once only or out over perhaps quite rather really soon still through to too tried trying
  twice under up very via well with within without yet no yes please sorry
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  january february march april june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec easter christmas morning afternoon evening week weeks month months year years day days`);

/** Words that follow a partner's name in a note without being part of a name. */
const NOTE_WORDS = wordSet(`
  manager managers head chair chairman chairwoman chairperson ceo director directors boss leader leaders lead staff
  caretaker receptionist reception secretary clerk treasurer trustee trustees teacher teachers pupils parents parent
  children child mum mums dad dads volunteer volunteers member members officer officers councillor councillors cllr
  mayor vicar nurse doctor worker workers coordinator rep reps representative contact contacts person people lady
  woman man bloke guy somebody colleague colleagues friend neighbour neighbours residents resident planner architect
  solicitor surveyor engineer builder driver cook chef warden ranger coach captain president editor librarian adviser
  assistant deputy apprentice students student customers tenants tenant landlord owner agent team teams office
  department press finance accounts housing planning grants sales reception hr desk line
  fair fairs lunch dinner breakfast tea coffee cake drinks party event events talk visit tour trip walk workshop
  training session sessions course class classes play show concert quiz market sale stall stalls display
  letter letters form forms plan plans report reports minutes list lists leaflet leaflets poster posters book books
  budget bid bids grant grants money cheque invoice invoices funding donation loan lease rent contract agreement
  deal quote quotes price prices bill bills key keys room rooms space building buildings roof door doors kitchen garden
  gardens bins bin bench benches trees tree paint boxes box food van bus minibus car bike bikes table tables chairs
  tent gazebo sign signs photo photos website page post story news newsletter survey questionnaire feedback idea ideas
  problem problems trouble question questions complaint complaints issue issues change changes date dates time times
  deadline decision outcome result results offer help support advice interest work job jobs vacancy project projects
  scheme programme proposal policy application agm ok okay fyi ps tbc ta am pm urgent
  annual monthly weekly daily first second third final great good lovely nice quick long short brief big small new old
  useful happy keen delighted pleased fine busy open closed available unable free kind kindly more less many few lots
  much most one two three four five six seven eight nine ten several both half full next progress step steps note notes
  summer winter spring autumn youth litter pick picking cleaning clean solar panels wifi boiler broken heating dbs social
  launch parade picnic raffle tombola lights planting seeds plants compost rota shift shifts safeguarding insurance`);

/** Words that make a name the name of an organisation. */
const ORGANISATION_WORDS = wordSet(`
  council school schools academy academies college university nursery preschool playgroup library libraries police
  constabulary church chapel mosque temple synagogue gurdwara cathedral parish diocese hospital hospice surgery clinic
  pharmacy practice charity charities trust foundation fund association associations society societies federation
  alliance partnership partnerships forum network union club clubs group groups guild institute institution league
  legion committee commission consortium collective cooperative coop company limited ltd cic cio plc llp bureau agency
  authority board branch unit corps squadron battalion brigade scout scouts guides brownies cubs cadets friends
  samaritans mencap mind ymca ywca u3a rotary emmaus relate museum theatre gallery arts cinema centre hub station
  airport bank brewery bakery bookshop shop shops store stores supermarket cafe pub inn hotel farm farms nursery
  industries enterprises services service solutions consultancy homes hostel almshouses almshouse orchestra choir band
  orchard allotment allotments garage gym leisure fc rfc cc ha nhs`);

/** Common first names: somebody of this name is a person, who belongs to no organisation's name. */
const FIRST_NAMES = wordSet(`
  aaron abbie abby abdul abigail adam adrian agnes ahmed aidan aisha alan albert alex alexander alexandra alfie ali alice
  alison allan amanda amber amelia amina amir amy andrea andrew andy angela anita ann anna anne annie anthony antony
  arthur asha ashley audrey barbara barry beatrice becky bella ben benjamin bernard beth betty bev beverley bill billy
  bob brenda brian bridget bruce callum cameron carl carol caroline carolyn catherine cathy cecilia charlie charlotte
  cheryl chloe chris christina christine christopher claire clare clive colin connor craig daisy damian dan daniel
  danny darren dave david dawn dean deborah debbie denise dennis derek diana diane dominic don donald donna doreen
  doris dorothy doug douglas duncan dylan eddie edith edward eileen elaine eleanor elizabeth ella ellen ellie elsie
  emily emma eric erin ethan eva evelyn evie farah fatima fiona florence frances francis frank fred freda freddie
  gareth gary gavin gemma geoff geoffrey george georgia gerald gerry gill gillian gladys glen glenn gloria gordon
  grace graham greg gregory gwen hannah harold harriet harry hassan hazel heather helen henry hilary holly howard hugh
  ian ibrahim imran irene isaac isabel isabella isla ivy jack jackie jacob jacqueline jake james jamie jan jane janet
  janice jason jasmine jay jean jeff jeffrey jen jenna jennifer jenny jeremy jess jessica jill jim jimmy jo joan joanna
  joanne joe joel john johnny jon jonathan joseph josh joshua joy joyce juan judith judy julia julian julie june
  karen karl kate katherine kathleen kathryn kathy katie keith kelly ken kenneth kerry kevin kieran kim kirsty kyle
  laura lauren lee leanne len leo leon lesley leslie lewis liam lily linda lisa liz lois lorna lorraine louis louise
  lucas lucy luke lynn lynne mabel maggie malcolm mandy marc marcus margaret maria marian marie marion mark martha
  martin martyn mary matt matthew maureen maurice max maya megan mel melanie melissa michael michelle mick miguel mike
  millie miriam mo mohamed mohammad mohammed moira molly monica morgan muhammad muriel nadia nancy naomi natalie natasha
  nathan neil nicholas nick nicky nicola nigel nina noah noel nora norma norman olga olive oliver olivia omar oscar
  owen paddy pam pamela pat patricia patrick paul paula pauline peggy penny pete peter phil philip phillip phoebe
  phyllis polly priya rachel ralph raj ravi ray raymond rebecca reg rhys richard rick rita rob robert roberta robin
  rod roger roland ron ronald rosa rose rosemary ross roy ruby rupert russell ruth ryan sadia sally sam samantha
  samuel sandra sara sarah sean shane sharon sheila shirley simon sofia sonia sophia sophie stan stella stephanie
  stephen steve steven stewart stuart sue susan suzanne sylvia tanya tara ted teresa terry thelma theresa thomas tim
  timothy tina toby todd tom tommy toni tony tracey tracy trevor trish valerie vanessa vera veronica vicky victor
  victoria vince vincent viv vivien walter wayne wendy will william winifred yasmin yusuf yvonne zoe zara`);

/** Titles that stand before the name of a person. */
const TITLES = wordSet(
  'mr mrs ms miss mx dr prof professor rev revd reverend cllr councillor pc sgt sir dame',
);

/** Towns, cities, counties and regions of Britain that are no everyday words and no common first names. */
const PLACES = wordSet(`
  aberdeen aberystwyth accrington aldershot altrincham andover anglesey antrim argyll armagh arundel ashford ashington
  avon aylesbury ayr ayrshire banbury bangor barnet barnsley barnstaple basildon basingstoke batley beaconsfield
  bedford bedfordshire belfast berkshire berwick beverley bexhill bexley bideford birkenhead birmingham blackburn
  blackpool blyth bodmin bognor bolton bootle bournemouth bracknell bradford braintree brent brentwood bridgend
  bridgnorth bridgwater bridlington bridport brighton bristol brixham bromley bromsgrove buckingham buckinghamshire
  bude burnley burton bury buxton camberley camborne cambridge cambridgeshire camden cannock canterbury cardiff carlisle
  carmarthen carmarthenshire castleford chelmsford cheltenham chepstow cheshire chester chesterfield chichester
  chippenham chorley cirencester clacton cleethorpes cleveland clevedon clitheroe coalville colchester congleton consett
  corby cornwall coventry crawley crewe cromer croydon cumbernauld cumbria darlington dartford dartmouth daventry
  denbighshire derby derbyshire devizes devon dewsbury didcot doncaster dorchester dorking dorset dover driffield dudley
  dumfries dundee dunfermline dunstable durham ealing eastbourne eastleigh edinburgh ellesmere enfield epsom essex
  evesham exeter exmouth falkirk falmouth fareham farnborough farnham felixstowe fife filey fleetwood flintshire
  folkestone frome gainsborough gateshead gillingham glasgow glastonbury glossop gloucester gloucestershire goole
  gosport grantham gravesend greenock greenwich grimsby guernsey guildford gwent gwynedd hackney hailsham halesowen
  halifax hammersmith hampshire haringey harlow harpenden harrogate harrow hartlepool harwich haslemere hastings
  hatfield havant haverhill hebrides hedon helston hemel henley hereford herefordshire hertford hertfordshire hexham
  heywood highland hillingdon hinckley hitchin holderness hornsea horsham hounslow hove huddersfield hull humber
  humberside huntingdon hyde ilford ilfracombe ilkeston ilkley inverness ipswich islington jarrow jersey keighley kendal
  kensington kent keswick kettering kidderminster kilmarnock kingston kirkby knaresborough knowsley lambeth lanarkshire
  lancashire lancaster launceston leamington leatherhead leeds leicester leicestershire leighton leominster lewes
  lewisham leyland lichfield lincoln lincolnshire liverpool livingston llandudno llanelli london londonderry
  loughborough louth lowestoft ludlow luton macclesfield maidenhead maidstone maldon malmesbury malton malvern manchester
  mansfield margate marlborough maryport matlock medway melksham merseyside merthyr merton middlesbrough middlesex
  midlothian minehead monmouth monmouthshire morecambe morley morpeth motherwell nantwich neath newark newcastle newham
  newhaven newmarket newport newquay newry norfolk northallerton northampton northamptonshire northumberland northumbria
  northwich norwich nottingham nottinghamshire nuneaton oakham okehampton oldham ormskirk orkney oswestry otley oxford
  oxfordshire paignton paisley patrington pembroke pembrokeshire penrith penzance perth peterborough peterlee
  pickering plymouth pocklington pontefract pontypridd poole portsmouth powys preston ramsgate redbridge redcar redditch
  redruth reigate retford rhondda rhyl richmond ripon rochdale rochester romford rotherham rothwell rugeley runcorn
  rushmoor rutland ryde ryedale salford salisbury sandwell scarborough scunthorpe seaford sefton selby sevenoaks
  sheffield shetland shrewsbury shropshire sittingbourne skegness skelmersdale skipton sleaford slough solihull somerset
  southampton southend southport southwark spalding stafford staffordshire stevenage stirling stockport stockton stoke
  stourbridge stowmarket stratford stroud sudbury suffolk sunderland surrey sussex sutton swansea swindon tamworth
  taunton tavistock teesside teignmouth telford tewkesbury thanet thetford thirsk thurrock tilbury tiverton tonbridge
  torbay torquay totnes trafford trowbridge truro tyneside tynemouth uckfield ulverston uttoxeter wakefield wallasey
  walsall waltham wandsworth warminster warrington warwick warwickshire watford wellingborough westminster wetherby
  weymouth whitby whitehaven whitstable widnes wigan wilmslow wiltshire wimborne winchester windsor wirral wisbech
  withernsea woking wokingham wolverhampton worcester worcestershire workington worksop worthing wrexham wycombe yarmouth
  yeovil york yorkshire england scotland wales britain`);

const plain = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a word starts the account of what happened. Case and marks do not matter, here and below. */
export const isVerb = (word: string): boolean => VERBS.has(plain(word));
/** Whether a word is a verb and nothing else, so that somebody stands before it: `rang`. */
export const isOnlyVerb = (word: string): boolean => isVerb(word) && !NOUNS_TOO.has(plain(word));
/** Whether a name ends before this word. */
export const startsClause = (word: string): boolean =>
  isVerb(word) || CLAUSE_STARTS.has(plain(word));
/** Whether a word is common in notes, so that it is part of a name only together with others. */
export const isNoteWord = (word: string): boolean => NOTE_WORDS.has(plain(word));
export const isOrganisationWord = (word: string): boolean => ORGANISATION_WORDS.has(plain(word));
export const isFirstName = (word: string): boolean => FIRST_NAMES.has(plain(word));
export const isTitle = (word: string): boolean => TITLES.has(plain(word));
export const isPlace = (word: string): boolean => PLACES.has(plain(word));
