import { expect, test } from 'vitest';
import { compilePlan } from '../../../src/extract/plan.ts';
import { optionsOf, page } from './support.ts';

const EXTRACTORS = {
  profile: {
    when: '.UserProfileHeader',
    fields: {
      name: { css: '.fixedHeaderName', required: true },
      bio: '.aboutText',
      location: '.locationWrapper',
      website: '.website::attr(href) | url',
      facebook: '.facebook::attr(href) | url',
      twitter: '.twitter::attr(href) | url',
      boards_count: '.UserInfoBar li:nth-of-type(1) | count',
      pins_count: '.UserInfoBar li:nth-of-type(2) | count',
      likes_count: '.UserInfoBar li:nth-of-type(3) | count',
      followers_count: '.UserInfoBar li:nth-of-type(4) | count',
      following_count: '.UserInfoBar li:nth-of-type(5) | count',
    },
  },
  board: {
    each: '.Board',
    key: 'href',
    fields: {
      title: { css: '.boardName .title', required: true },
      full_name: '.boardName .fullName',
      href: 'a::attr(href) | url',
      pin_count: '.PinCount | count',
      cover: { css: '.boardCover', fields: { alt: '::attr(alt)', src: '::attr(src) | url' } },
      thumbs: { each: '.boardThumbs img', fields: { alt: '::attr(alt)', src: '::attr(src) | url' } },
    },
  },
};

const HTML = `<!DOCTYPE html><html><body>
<div class="UserProfileHeader Module"><h2 class="fixedHeaderName"> TechCrunch
</h2><p class="aboutText">Breaking technology news &amp; analysis.</p>
<li class="locationWrapper"><i></i> San Francisco, CA</li>
<a class="website" href="https://techcrunch.com/">techcrunch.com</a><a class="twitter" href="//twitter.com/techcrunch"></a></div>
<ul class="UserInfoBar"><li><a>13 Boards</a></li><li><a>1,234 Pins</a></li><li>7 Likes</li><li>1.2m Followers</li><li>98 Following</li></ul>
<div class="Board Module"><a href="/techcrunch/phones/" class="boardLinkWrapper">
<h3 class="boardName hasBoardContext"><div class="title">Phones</div><div class="fullName">TechCrunch Phones</div></h3></a>
<div class="PinCount Module"><span>22 pins</span></div>
<img class="boardCover" alt="Phones / by TechCrunch" src="/covers/phones.jpg">
<ul class="boardThumbs"><li><img alt="one" src="1.jpg"><li><img alt="two" src="2.jpg"><li><img alt="three" src="3.jpg"><li><img alt="four" src="4.jpg"></ul></div>
<div class="Board Module"><a href="/techcrunch/phablets/"><h3 class="boardName"><div class="title">Phablets</div></h3></a>
<div class="PinCount">3 pins</div><ul class="boardThumbs"><img alt="a" src="a.jpg"><img src="b.jpg"></ul></div>
<div class="Board Module"><a href="/techcrunch/create/">Create a board</a></div>
</body></html>`;

const url = 'https://www.pinterest.com/techcrunch/';

test('a profile and its boards are read, typed, every thumb its own', async () => {
  const plan = await compilePlan(optionsOf(EXTRACTORS));
  const { records, invalid, skipped } = plan.extract(page(HTML, { url }));
  expect(skipped).toEqual([]);
  expect(records.map(({ extractor, value }) => ({ extractor, value }))).toEqual([
    {
      extractor: 'profile',
      value: {
        name: 'TechCrunch',
        bio: 'Breaking technology news & analysis.',
        location: 'San Francisco, CA',
        website: 'https://techcrunch.com/',
        facebook: null,
        twitter: 'https://twitter.com/techcrunch',
        boards_count: 13,
        pins_count: 1234,
        likes_count: 7,
        followers_count: 1_200_000,
        following_count: 98,
      },
    },
    {
      extractor: 'board',
      value: {
        title: 'Phones',
        full_name: 'TechCrunch Phones',
        href: 'https://www.pinterest.com/techcrunch/phones/',
        pin_count: 22,
        cover: { alt: 'Phones / by TechCrunch', src: 'https://www.pinterest.com/covers/phones.jpg' },
        thumbs: ['one', 'two', 'three', 'four'].map((alt, i) => ({ alt, src: `${url}${i + 1}.jpg` })),
      },
    },
    {
      extractor: 'board',
      value: {
        title: 'Phablets',
        full_name: null,
        href: 'https://www.pinterest.com/techcrunch/phablets/',
        pin_count: 3,
        cover: null,
        thumbs: [
          { alt: 'a', src: `${url}a.jpg` },
          { alt: null, src: `${url}b.jpg` },
        ],
      },
    },
  ]);
  expect(records.map(({ key }) => key)).toEqual([
    undefined,
    'https://www.pinterest.com/techcrunch/phones/',
    'https://www.pinterest.com/techcrunch/phablets/',
  ]);
  expect(invalid).toEqual([
    { extractor: 'board', errors: ['board[2].title: required, nothing matched ".boardName .title"'] },
  ]);
});

test('without a header there is no profile', async () => {
  const plan = await compilePlan(optionsOf(EXTRACTORS));
  const { records, skipped } = plan.extract(page('<h1>Sorry</h1>', { url }));
  expect([records, skipped]).toEqual([[], ['profile']]);
});
