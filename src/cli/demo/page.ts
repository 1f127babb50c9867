import { html, Markup } from './html.ts';
import { STYLE } from './style.ts';
import type { DemoBoard, DemoUser } from './user.ts';

/** A profile as Pinterest's pages of 2014 had them, with their class names. `names` maps profile paths to users' names. */
export function profilePage(user: DemoUser, names: ReadonlyMap<string, string>): string {
  return page(
    `${user.name} on Pinpage`,
    user.bio,
    html`<div class="fixedHeader"><span class="fixedHeaderName">${user.name}</span></div>`,
    html`<div class="UserProfileHeader">
        <img class="userProfileImage" src="${avatarOf(user)}" alt="${user.name}" width="120" height="120" />
        <h1 class="userProfileHeaderName">${user.name}</h1>
        <p class="aboutText">${user.bio}</p>
        <p class="userProfileLinks">${links(user)}</p>
        <div class="UserInfoBar">
          <ul class="userStats">
            ${stats(user)}
          </ul>
        </div>
        <ul class="following">
          ${user.follows.map(
            (path) =>
              html`<li><a class="userLink" href="${path}" data-element-type="162">${names.get(path) ?? path}</a></li> `,
          )}
        </ul>
      </div>
      <div class="UserBoards Module">
        <div class="GridItems">${user.boards.map(boardCard)}</div>
      </div>`,
  );
}

/** The page of one board: its pins, and the way back to its owner. */
export function boardPage(user: DemoUser, board: DemoBoard): string {
  return page(
    `${board.title} by ${user.name}`,
    board.cover.alt,
    html`<div class="fixedHeader"><a href="${user.path}">${user.name}</a></div>`,
    html`<div class="BoardHeader plain">
        <h1 class="boardTitle">${board.title}</h1>
        <p>${counted(board.pins, 'Pin')} by <a class="userLink" href="${user.path}">${user.name}</a></p>
      </div>
      <div class="GridItems">
        ${board.thumbs.map(
          (pin) =>
            html`<div class="Pin">
              <img class="pinImg" src="${pin.src}" alt="${pin.alt}" width="216" />
              <p class="pinDescription">${pin.alt}</p>
            </div>`,
        )}
      </div>`,
  );
}

/** The start page: one link a user. */
export function homePage(users: readonly DemoUser[]): string {
  return page(
    'Pinpage',
    'A small site to crawl',
    html``,
    html`<div class="plain">
      <h1>People to follow</h1>
      <ul class="following">
        ${users.map((user) => html`<li><a class="userLink" href="${user.path}">${user.name}</a></li> `)}
      </ul>
    </div>`,
  );
}

/** A page without a profile header: what is left of a suspended user, or nothing at all. */
export function plainPage(title: string, text: string): string {
  return page(
    title,
    text,
    html``,
    html`<div class="plain">
      <h1>${title}</h1>
      <p>${text}</p>
    </div>`,
  );
}

export function avatarOf(user: DemoUser): string {
  return `/media${user.path}avatar.svg`;
}

function boardCard(board: DemoBoard): Markup {
  return html`<div class="item">
    <div class="Board Module boardCoverImage draggable" data-board-url="${board.path}">
      <a class="boardLinkWrapper" href="${board.path}">
        <h3 class="boardName hasBoardContext">
          <span class="title">${board.title}</span>
          <span class="byline">by <span class="fullName">${board.fullName}</span></span>
        </h3>
        <div class="boardCoverWrapper">
          <img class="boardCover" src="${board.cover.src}" alt="${board.cover.alt}" width="216" height="150" />
          <span class="PinCount Module pinCount">${counted(board.pins, 'Pin')}</span>
        </div>
        <ul class="boardThumbs">
          ${board.thumbs.map(
            (thumb) =>
              html`<li>
                <span class="hoverMask"></span
                ><img class="thumb" src="${thumb.src}" alt="${thumb.alt}" width="51" height="51" />
              </li> `,
          )}
        </ul>
      </a>
      <button class="Button FollowButton Module" type="button" data-element-type="37">
        <span class="buttonText">Follow</span>
      </button>
    </div>
  </div> `;
}

function links(user: DemoUser): Markup[] {
  const parts: Markup[] = [];
  if (user.location !== undefined) {
    parts.push(html`<span class="locationWrapper"><span class="locationIcon"></span> ${user.location}</span> `);
  }
  if (user.website !== undefined) {
    parts.push(html`<a class="website" href="${user.website}" rel="nofollow">${new URL(user.website).host}</a> `);
  }
  if (user.facebook !== undefined) parts.push(html`<a class="facebook" href="${user.facebook}">Facebook</a> `);
  if (user.twitter !== undefined) parts.push(html`<a class="twitter" href="${user.twitter}">Twitter</a> `);
  return parts;
}

function stats(user: DemoUser): Markup[] {
  const pins = user.boards.reduce((sum, board) => sum + board.pins, 0);
  return [
    stat(user.boards.length, 'Board'),
    stat(pins, 'Pin'),
    stat(user.likes, 'Like'),
    stat(user.followers, 'Follower'),
    html`<li><span class="value">${shown(user.following)}</span> Following</li> `,
  ];
}

function stat(count: number, noun: string): Markup {
  return html`<li><span class="value">${shown(count)}</span> ${count === 1 ? noun : `${noun}s`}</li> `;
}

function counted(count: number, noun: string): string {
  return `${shown(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/** As such sites show counts: `962`, `4,310`, `18.4K`, `1.2M`. The data keeps to counts of which this loses nothing. */
function shown(count: number): string {
  if (count >= 1_000_000) return `${count / 1_000_000}M`;
  if (count >= 10_000) return `${count / 1_000}K`;
  return count.toLocaleString('en-US');
}

function page(title: string, description: string, header: Markup, body: Markup): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="description" content="${description}" />
        <meta name="viewport" content="width=device-width" />
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <div class="topBar"><a class="siteName" href="/">Pinpage</a>${header}</div>
        <div class="appContent">${body}</div>
        <div class="footer">A made-up site for trying out a crawler. <a href="/">Start page</a></div>
      </body>
    </html> `.text;
}
