// The benchmark's job in Go: START=URL OUT=FILE goquery
//
// net/http and goquery, of which Colly is made, and a set of seen addresses under a lock as Colly keeps one; nothing else of Colly's.
// A worker for each of 32 connections.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"
)

const connections = 32

type row struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	H1    string `json:"h1"`
	P     string `json:"p"`
	Links int    `json:"links"`
}

type crawl struct {
	host    string
	client  *http.Client
	mutex   sync.Mutex
	more    *sync.Cond
	seen    map[string]bool
	queue   []string
	working int
	out     *bufio.Writer
	encoder *json.Encoder
}

func main() {
	start := os.Getenv("START")
	base, err := url.Parse(start)
	check(err)
	file, err := os.Create(os.Getenv("OUT"))
	check(err)
	c := &crawl{
		host: base.Host,
		client: &http.Client{
			Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true},
			// A redirect is a link, so that its target is visited once.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		seen:  map[string]bool{start: true},
		queue: []string{start},
		out:   bufio.NewWriter(file),
	}
	c.more = sync.NewCond(&c.mutex)
	c.encoder = json.NewEncoder(c.out)
	c.encoder.SetEscapeHTML(false)
	var workers sync.WaitGroup
	for i := 0; i < connections; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for address, ok := c.next(); ok; address, ok = c.next() {
				c.visit(address)
			}
		}()
	}
	workers.Wait()
	check(c.out.Flush())
	check(file.Close())
}

// The next address; false when all is done.
func (c *crawl) next() (string, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for len(c.queue) == 0 && c.working > 0 {
		c.more.Wait()
	}
	if len(c.queue) == 0 {
		return "", false
	}
	address := c.queue[0]
	c.queue = c.queue[1:]
	c.working++
	return address, true
}

func (c *crawl) visit(address string) {
	page, links := c.read(address)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.working--
	if page != nil {
		check(c.encoder.Encode(page))
	}
	for _, link := range links {
		if !c.seen[link] {
			c.seen[link] = true
			c.queue = append(c.queue, link)
		}
	}
	c.more.Broadcast()
}

// What a page says, and its links in scope; nil when it is no HTML page.
func (c *crawl) read(address string) (*row, []string) {
	response, err := c.client.Get(address)
	if err != nil {
		return nil, nil
	}
	body, err := io.ReadAll(response.Body)
	check(response.Body.Close())
	if location, err := response.Location(); err == nil {
		return nil, c.inScope(nil, location)
	}
	if err != nil || response.StatusCode != 200 || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		return nil, nil
	}
	page, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	check(err)
	found := response.Request.URL
	base := found
	if href, ok := page.Find("base[href]").Attr("href"); ok {
		if parsed, err := found.Parse(href); err == nil {
			base = parsed
		}
	}
	anchors := page.Find("a[href]")
	var links []string
	anchors.Each(func(_ int, anchor *goquery.Selection) {
		href, _ := anchor.Attr("href")
		link, err := base.Parse(strings.TrimSpace(href))
		if err == nil {
			links = c.inScope(links, link)
		}
	})
	first := func(selector string) string {
		return strings.Join(strings.Fields(page.Find(selector).First().Text()), " ")
	}
	return &row{found.String(), first("title"), first("h1"), first("p"), anchors.Length()}, links
}

// The links, and this one when it is in scope.
func (c *crawl) inScope(links []string, link *url.URL) []string {
	if link.Host != c.host || link.RawQuery != "" || link.ForceQuery || link.Scheme != "http" && link.Scheme != "https" {
		return links
	}
	last := link.Path[strings.LastIndex(link.Path, "/")+1:]
	if strings.Contains(last, ".") && !strings.HasSuffix(last, ".html") && !strings.HasSuffix(last, ".htm") {
		return links
	}
	link.Fragment = ""
	if link.Path == "" {
		link.Path = "/"
	}
	return append(links, link.String())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
