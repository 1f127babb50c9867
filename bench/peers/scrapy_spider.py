"""Scrapy on a job of the benchmark: START=URL OUT=FILE [JOB=bench|ten] [SCOPE=pages|links] scrapy runspider scrapy_spider.py

SCOPE=pages (default) is the benchmark's scope: links of the start page's host, without query, whose last path segment has no dot or
ends in .html or .htm. SCOPE=links takes every link of the start page's host and port, queries included. One row per HTML page.
"""
import os
from urllib.parse import urldefrag, urljoin, urlsplit

import scrapy
from scrapy.http import HtmlResponse
from w3lib.html import get_base_url

START = os.environ["START"]
SCOPE = os.environ.get("SCOPE", "pages")
JOB = os.environ.get("JOB", "bench")
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


def has_class(*names):
    return " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)


HEADING = f"//h1 | //h2[{has_class('title')}] | //*[{has_class('refentrytitle')}]"
SECTIONS = f"//div[{has_class('sect1', 'sect2', 'section')}] | //section"


def text_of(node, path):
    """Of the first match, or None. The union of a path is in the order of the document."""
    value = node.xpath(f"string(({path})[1])").get()
    return squashed(value) if value else None


def texts_of(node, path):
    return [squashed(found.xpath("string()").get()) for found in node.xpath(path)]


def bench_values(page, hrefs):
    def first(element):
        return text_of(page, f"//{element}") or ""

    return {"title": first("title"), "h1": first("h1"), "p": first("p"), "links": len(hrefs)}


def ten_values(page, hrefs):
    return {
        "title": text_of(page, "//title"),
        "description": page.xpath("//meta[@name='description' or @property='description']/@content").get(),
        "heading": text_of(page, HEADING),
        "intro": text_of(page, "//p"),
        "codes": texts_of(page, "//pre"),
        "up": page.xpath("//a[@accesskey='u']/@href").get(),
        "links": len(hrefs),
        "sections": [
            {
                "name": text_of(section, ".//h2 | .//h3"),
                "first": text_of(section, ".//p"),
                "terms": texts_of(section, ".//code"),
            }
            for section in page.xpath(SECTIONS)
        ],
        "rows": [{"cells": texts_of(row, ".//td")} for row in page.xpath("//table//tr")],
    }


values_of = ten_values if JOB == "ten" else bench_values


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
        yield {"url": response.url, **values_of(page, hrefs)}
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
