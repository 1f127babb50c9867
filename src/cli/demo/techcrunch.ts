import { boardsOf, type DemoUser } from './user.ts';

const PATH = '/techcrunch/';

/** TechCrunch on Pinterest in December 2014: boards, addresses and pin counts as then; likes and followers are invented. */
export const TECHCRUNCH: DemoUser = {
  path: PATH,
  name: 'TechCrunch',
  bio: 'Breaking technology news, opinions & analysis. Pins from the people who write it.',
  location: 'San Francisco, CA',
  website: 'http://techcrunch.com/',
  facebook: 'https://www.facebook.com/techcrunch',
  twitter: 'https://twitter.com/techcrunch',
  boards: boardsOf(PATH, 'TechCrunch', [
    ['TechCrunch 2014 Holiday Gift Guide', 81, 'What to give to those who have every cable already'],
    ['Phones', 22, 'Smart, flat and forever in need of a socket'],
    ['Phablets', 3, 'Too large for a pocket, too small for a desk', 2],
    ['Tablets', 8, 'Glass that we read in bed'],
    ['Super Sweet Smart Watches', 24, 'They also tell the time'],
    ['Laptops', 19, 'Thin, thinner & thinnest'],
    ['Cameras', 12, 'For light that a phone cannot catch'],
    ['Drones', 9, 'Up, away, and into the neighbour’s tree'],
    ['Headphones', 9, 'Open offices made them necessary'],
    ['Wearables', 34, 'Computers that go where you go'],
    ['3D Printing', 5, 'Layer upon layer upon layer'],
    ['Smart Kitchen', 8, 'Kettles with an address of their own'],
    ['Smart Home', 9, 'Lamps, locks and thermostats that talk to each other'],
  ]),
  likes: 37,
  followers: 1_200_000,
  following: 42,
  follows: ['/velo-atelier/', '/northlight/', '/tinyorbit/', '/saltandfern/', '/private/'],
};
