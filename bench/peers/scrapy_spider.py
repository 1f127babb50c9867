"""Scrapy on the benchmark's job: START=URL OUT=FILE [SCOPE=pages|links] scrapy runspider scrapy_spider.py

SCOPE=pages (default) is the benchmark's scope: links of the start page's host, without query, whose last path segment has no dot or
ends in .html or .htm. SCOPE=links takes every link of the start page's host and port, queries included. One row per HTML page.
"""
import json
import os
from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

import scrapy
from scrapy.http import HtmlResponse
from w3lib.html import get_base_url

START = os.environ["START"]
SCOPE = os.environ.get("SCOPE", "pages")
HOST = urlsplit(START).netloc


def squashed(text):
    return " ".join(text.split())


def in_scope(url):
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.netloc != HOST:
        return False
    if SCOPE == "links":
        return True
    if "?" in url:
        return False
    last = parts.path.rpartition("/")[2]
    return "." not in last or last.endswith((".html", ".htm"))


class Peer(scrapy.Spider):
    name = "peer"
    custom_settings = {
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
        # The default of 100 only costs: one cooperative task each for every response.
        "CONCURRENT_ITEMS": 4,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_MAXSIZE": 0,
        "DOWNLOAD_WARNSIZE": 0,
        "LOG_LEVEL": "ERROR",
        "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
        "FEEDS": {os.environ["OUT"]: {"format": "jsonlines", "overwrite": True}},
    }

    def start_requests(self):
        yield scrapy.Request(START)

    def parse(self, response):
        if not isinstance(response, HtmlResponse):
            return
        page = response.selector
        hrefs = page.xpath("//a/@href").getall()

        def first(element):
            return squashed(page.xpath(f"string((//{element})[1])").get() or "")

        yield {"url": response.url, "title": first("title"), "h1": first("h1"), "p": first("p"), "links": len(hrefs)}
        base = get_base_url(response.text, response.url)
        seen = set()
        for href in hrefs:
            try:
                url = urldefrag(urljoin(base, href.strip())).url
            except ValueError:
                continue
            if url not in seen and in_scope(url):
                seen.add(url)
                yield scrapy.Request(url)

    def closed(self, _reason):
        # Scrapy's own clock, which leaves the interpreter's start-up out; its start_time is in UTC, without a zone.
        seconds = (datetime.utcnow() - self.crawler.stats.get_value("start_time")).total_seconds()
        print(json.dumps({"seconds": seconds}))
