/** A job for a shop, from its lists to its products, as `pinspider init shop` writes it. */
export const SHOP = String.raw`name: shop
description: Products of a shop, found by way of its category pages.

seeds:
  - https://example.org/c/phones/
  # many of them: { file: categories.txt }, one URL a line

scope:
  within: host
  deny: ['/[?&](sort|filter|view)=/'] # the same products in another order
  max_pages: 5000

politeness: { delay: 1s, per_host: 2 }

frontier:
  order: priority # by the priority of the rule that found a link
  drop_params: [utm_*, ref] # parameters that make no other page

extractors:
  category: # gives no records, only links
    match: /c/**
    follow:
      - { css: '.product-card a', to: product, priority: 10 } # products before more lists
      - { css: 'a[rel=next]' }

  product:
    match: /p/** # pages that a rule sends here with "to: product" are taken whatever their URL
    key: sku # records with the same key are stored once
    when: { status: 200 }
    fields:
      sku:
        first_of: # the first that gives something
          - '[itemprop=sku]::attr(content)'
          - '[data-sku]::attr(data-sku)'
          - { from: url, regex: '/p/[^/]*-(\d+)' } # RE2; single quotes keep the backslash
        required: true # without it the record is invalid, and counted as such
      url: { from: url }
      name: { first_of: [{ meta: 'og:title' }, h1], required: true }
      price: { first_of: ['[itemprop=price]::attr(content)', .price], type: price, minimum: 0 }
      currency: { css: '[itemprop=priceCurrency]::attr(content)', default: EUR, pattern: '^[A-Z]{3}$' }
      availability:
        case: { .sold-out: out_of_stock, .preorder: preorder, .add-to-cart: in_stock, else: unknown }
      rating: { css: '[itemprop=ratingValue]::attr(content)', type: number }
      images: ['img.gallery::attr(src) | url'] # a list of whole URLs
      specs: # a list of objects
        each: table.specs tr
        fields: { name: th, value: td }
      description: .description | collapse
    invalid: drop # or keep (with _errors), or fail (the page)

output: { jsonl: 'out/{extractor}.jsonl' }

expect:
  product: { min_records: 1, filled: { price: 0.9 }, max_error_rate: 0.05 }

# Saved pages and what they must give. The first is made by: pinspider test THIS_FILE --record URL
tests: []
`;
