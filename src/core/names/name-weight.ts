/** Words that tie others together: they name nothing. */
const TIES = new Set('the of and for in on at to a an de y with by'.split(' '));

/** Words that many names share, or that are also said of other things: alone they name nobody. */
const GENERIC = new Set(
  `academy action advice age agency aid alliance area arts assets association authority better board borough
  business campaign care centre center change charity children church city club coalition college combined committee
  community communities company co coop council county district education east england english environment
  estate families family farm fire food forum foundation friends fund games garden group greater growth hall health
  healthcare help high home homes hospital house housing hub integrated international investment junior kids learning
  library life limited link living local lottery ltd media medical meeting metropolitan mind music national
  neighbourhood network new north northern office organisation parish park partnership people place plan
  police poor power practice primary project public regional rescue residents royal school schools service services
  shared social society south southern space sport sports starts street streets stronger support surgery team
  theatre together town transport trust trusts uk union unit united university village voice voluntary
  volunteer volunteers ward welfare west western women work working works world young youth`.split(
    /\s+/,
  ),
);

/** What a match needs in all: one word of its own, or two of the common kind. */
export const ENOUGH = 2;

/** How much a word says about whose name it is from: nothing, a little, or enough. */
export function weightOf(token: string): number {
  if (TIES.has(token)) return 0;
  if (GENERIC.has(token) || /^[a-z0-9]{1,2}$/.test(token) || /^\d+$/.test(token)) return 1;
  return ENOUGH;
}

/** Whether a name cannot end here: "Avon and" is on its way to something. */
export const isTie = (token: string): boolean => TIES.has(token);
