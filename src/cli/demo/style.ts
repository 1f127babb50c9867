/** Looks of the demo site: enough that a person who opens it in a browser sees what the crawler reads. */
export const STYLE = `
* { box-sizing: border-box; }
body { margin: 0; background: #e9e9e9; color: #333; font: 14px/1.4 "Helvetica Neue", Helvetica, Arial, sans-serif; }
a { color: inherit; text-decoration: none; }
a:hover { text-decoration: underline; }
ul { list-style: none; margin: 0; padding: 0; }
.topBar { background: #fff; border-bottom: 1px solid #d7d7d7; padding: 10px 24px; position: sticky; top: 0; z-index: 1; }
.topBar .siteName { color: #bd081c; font-weight: bold; margin-right: 24px; }
.fixedHeader { display: inline; font-weight: bold; }
.UserProfileHeader { background: #fff; border-radius: 6px; margin: 24px auto; max-width: 980px; padding: 24px; }
.userProfileImage { border-radius: 50%; float: right; height: 120px; width: 120px; }
.userProfileHeaderName { font-size: 28px; margin: 0 0 8px; }
.userProfileLinks a { color: #717171; margin-right: 12px; }
.UserInfoBar { border-top: 1px solid #eee; clear: both; margin-top: 16px; padding-top: 12px; }
.UserInfoBar li { display: inline-block; margin-right: 20px; }
.UserInfoBar .value { font-weight: bold; }
.following { font-size: 13px; margin-top: 8px; }
.following li { display: inline; margin-right: 12px; }
.GridItems { display: flex; flex-wrap: wrap; gap: 14px; margin: 0 auto; max-width: 1000px; padding: 0 10px 40px; }
.Board, .Pin { background: #fff; border-radius: 6px; box-shadow: 0 1px 2px rgba(0, 0, 0, .22); padding: 10px; width: 236px; }
.boardName { font-size: 15px; margin: 0 0 8px; }
.boardName .title { display: block; }
.boardName .byline { color: #8c8c8c; display: block; font-size: 11px; font-weight: normal; }
.boardCoverWrapper { display: block; position: relative; }
.boardCover { border-radius: 4px; display: block; height: 150px; object-fit: cover; width: 100%; }
.PinCount { background: rgba(0, 0, 0, .6); border-radius: 3px; bottom: 6px; color: #fff; font-size: 11px; padding: 1px 6px; position: absolute; right: 6px; }
.boardThumbs { display: flex; gap: 4px; margin-top: 6px; }
.boardThumbs img { border-radius: 3px; height: 51px; width: 51px; }
.FollowButton { background: #eee; border: 0; border-radius: 4px; color: #555; margin-top: 10px; padding: 8px; width: 100%; }
.plain { background: #fff; border-radius: 6px; margin: 48px auto; max-width: 560px; padding: 32px; text-align: center; }
.footer { color: #8c8c8c; font-size: 12px; padding: 24px; text-align: center; }
`;
