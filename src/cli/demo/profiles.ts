import { TECHCRUNCH } from './techcrunch.ts';
import { boardsOf, type BoardFacts, type DemoUser } from './user.ts';

/** A user is invented, so is all about it; hosts end in `.example`, which is nobody's. */
const INVENTED: readonly DemoUser[] = [
  user('/velo-atelier/', 'Vélo Atelier', {
    bio: 'Steel frames, brazed slowly. A workshop of three and one very old lathe.',
    location: 'Ghent, Belgium',
    website: 'http://velo-atelier.example/',
    twitter: 'https://twitter.com/velo_atelier_example',
    likes: 512,
    followers: 18_400,
    following: 96,
    follows: ['/techcrunch/', '/northlight/', '/mossandmortar/'],
    boards: [
      ['Lugs', 64, 'Small castings, large opinions'],
      ['Commuters', 41, 'Bicycles that go to work'],
      ['Tools we made', 17, 'Because nobody sells them', 3],
      ['Paint', 88, 'One colour, five coats'],
      ['Before & after', 29, 'Barn finds, found again'],
      ['Headbadges', 33, 'Brass, enamel and pride'],
    ],
  }),
  user('/northlight/', 'Northlight Photo', {
    bio: 'Two photographers and a van called "Aperture".',
    location: 'Tromsø, Norway',
    website: 'http://northlight.example/prints',
    facebook: 'https://www.facebook.com/northlight.example',
    likes: 2_048,
    followers: 96_700,
    following: 311,
    follows: ['/tinyorbit/', '/inkandloaf/', '/papercranes/'],
    boards: [
      ['Aurora', 340, 'Green nights and cold fingers'],
      ['Harbours', 127, 'Boats waiting for weather'],
      ['Film', 73, 'Grain that we paid for'],
      ['Portraits', 58, 'People who stood still'],
      ['Snow is not white', 46, 'It is blue, and sometimes pink'],
    ],
  }),
  user('/tinyorbit/', 'Tiny Orbit', {
    bio: 'Astronomy from a balcony on the fourth floor.',
    website: 'http://tinyorbit.example/',
    likes: 95,
    followers: 4_310,
    following: 57,
    follows: ['/northlight/', '/techcrunch/', '/ghostpins/'],
    boards: [
      ['Moon, again', 203, 'The same one every month'],
      ['Star charts', 38, 'Old paper, older light'],
      ['Telescopes', 26, 'Mirrors, lenses & plumbing pipe'],
      ['Eclipses', 11, 'Look away', 2],
      ['Mars', 52, 'Red when it wants to be'],
    ],
  }),
  user('/saltandfern/', 'Salt & Fern', {
    bio: 'A kitchen with a garden, or the other way round. <3 for anything pickled.',
    location: 'Hobart, Tasmania',
    facebook: 'https://www.facebook.com/saltandfern.example',
    twitter: 'https://twitter.com/saltandfern_example',
    likes: 730,
    followers: 51_900,
    following: 204,
    follows: ['/inkandloaf/', '/mossandmortar/', '/nobody-here/'],
    boards: [
      ['Pickles', 145, 'Everything fits into a jar'],
      ['Fire', 62, 'Cooking outdoors, in all weather'],
      ['Seaweed', 19, 'Free, salty, underrated'],
      ['Plates', 84, 'Chipped ones welcome'],
    ],
  }),
  user('/inkandloaf/', 'Ink & Loaf', {
    bio: 'Letterpress in the morning, sourdough at night.',
    location: 'Porto, Portugal',
    website: 'http://inkandloaf.example/shop?from=pins&lang=en',
    likes: 1_366,
    followers: 27_800,
    following: 150,
    follows: ['/saltandfern/', '/papercranes/'],
    boards: [
      ['Crumb', 118, 'Holes, judged'],
      ['Wood type', 97, 'Letters that smell of linseed'],
      ['Ampersands', 54, '&, &, & and &'],
      ['Ovens', 23, 'Brick by brick'],
      ['Posters', 176, 'Two colours are enough'],
      ['Starters with names', 9, 'Meet Gerald', 3],
      ['Paper', 61, 'Cotton, mostly'],
    ],
  }),
  user('/mossandmortar/', 'Moss and Mortar', {
    bio: 'Dry stone walls and what grows on them.',
    location: 'Hawes, Yorkshire',
    likes: 18,
    followers: 962,
    following: 33,
    follows: ['/saltandfern/', '/velo-atelier/'],
    boards: [
      ['Walls', 210, 'No mortar at all, in fact'],
      ['Moss', 156, 'Green, greener'],
      ['Gates', 37, 'Please shut them'],
      ['Sheep, uninvited', 14, 'They read no signs'],
    ],
  }),
  user('/papercranes/', 'Paper Cranes', {
    bio: '折り紙 every day: one sheet, no cuts.',
    location: 'Nagano, Japan',
    website: 'http://papercranes.example/',
    twitter: 'https://twitter.com/papercranes_example',
    likes: 4_096,
    followers: 310_500,
    following: 12,
    follows: ['/northlight/', '/techcrunch/'],
    boards: [
      ['Cranes', 1_000, 'Then a wish'],
      ['Tessellations', 77, 'Folds that repeat until you stop'],
      ['Paper stores', 31, 'Do not enter with money'],
      ['Crease patterns', 143, 'Maps of things to come'],
      ['Failures', 66, 'Filed under practice'],
    ],
  }),
];

/** Behind a path that robots.txt forbids: a crawler that obeys never sees it, though a profile links to it. */
export const PRIVATE_USER: DemoUser = user('/private/', 'The Newsroom', {
  bio: 'Drafts. Not for readers, nor for robots.',
  likes: 0,
  followers: 6,
  following: 1,
  follows: ['/techcrunch/'],
  boards: [['Unpublished', 7, 'Under embargo']],
});

/** The public profiles, TechCrunch first. From it the others can be reached. */
export const USERS: readonly DemoUser[] = [TECHCRUNCH, ...INVENTED];

/** Answered with a page that has no profile header. */
export const SUSPENDED_PATH = '/ghostpins/';

function user(
  path: string,
  name: string,
  facts: Omit<DemoUser, 'path' | 'name' | 'boards'> & { readonly boards: readonly BoardFacts[] },
): DemoUser {
  return { ...facts, path, name, boards: boardsOf(path, name, facts.boards) };
}
