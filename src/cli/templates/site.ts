/** A job for a whole site, as `pinspider init site` writes it. */
export const SITE = String.raw`name: site
description: Every page of one site with its title, headings and text.

# Where the crawl starts. More seeds, ranges (?page=[1-20]) and { file: urls.txt } are fine too.
seeds:
  - https://example.org/

# Links to follow: true = all of them, as far as the scope goes. Or only some: { css: 'nav a' }
follow: true

scope:
  within: host # host | domain | seed (below the seed's path) | any
  # allow: [/docs/**] # when given, nothing else
  deny: ['**/print/**', '/[?&](sort|order)=/'] # globs; between slashes a regular expression (RE2)
  max_depth: 10
  max_pages: 1000

politeness: # these are the defaults; robots.txt is obeyed
  delay: 1s # between two requests to one host, longer when it is slow
  per_host: 2 # requests to one host at once
  # Tell who you are: user_agent: 'my-bot/1.0 (+https://example.org/bot; me@example.org)'

extractors:
  page: # one record per page; "each: SELECTOR" makes one per match
    fields:
      url: { from: url }
      title: { first_of: [h1, "meta[property='og:title']::attr(content)", title], required: true }
      description: { meta: description }
      headings: [h2] # a list: all matches
      text: main | collapse # a selector, then transforms
      links: a[href]::count
      lang: { css: 'html::attr(lang)', default: en }
      fetched_at: { from: now }

output: { jsonl: 'out/{extractor}.jsonl' } # or csv, or stdout

expect: # the run fails when the site has changed, instead of writing nothing for a month
  page: { min_records: 1, filled: { title: 0.9 } }

# Saved pages and what they must give. The first is made by: pinspider test THIS_FILE --record URL
tests: []
`;
