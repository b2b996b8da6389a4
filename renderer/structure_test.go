package renderer_test

import (
	"crypto/sha256"
	"encoding/base64"
	"iter"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// A document is a parsed page.
type document struct{ *html.Node }

func parsePage(t testing.TB, page string) document {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return document{root}
}

// elements yields the elements with one of the tags, all without one.
func (d document) elements(tags ...string) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range d.Descendants() {
			if n.Type == html.ElementNode && (len(tags) == 0 || slices.Contains(tags, n.Data)) && !yield(n) {
				return
			}
		}
	}
}

func (d document) count(tags ...string) int {
	n := 0
	for e := range d.elements(tags...) {
		if e.Data != "title" || e.Namespace == "" { // charts have titles of their own
			n++
		}
	}
	return n
}

func attr(n *html.Node, name string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// Every page of testdata is held to the same rules.
func TestStructure(t *testing.T) {
	rules := map[string]func(*testing.T, document){
		"frame":    checkFrame,
		"ids":      checkIDs,
		"outline":  checkOutline,
		"policy":   checkPolicy,
		"inert":    checkInert,
		"cells":    checkCells,
		"controls": checkControls,
		"figures":  checkFigures,
	}
	for _, name := range pageNames(t) {
		page := renderPage(t, name)
		if !utf8.ValidString(page) || strings.ContainsAny(page, "\x00\x1b\x7f\u0085") {
			t.Errorf("%s: the page holds invalid UTF-8 or control characters", name)
		}
		if !strings.HasSuffix(page, "</body>\n</html>\n") {
			t.Errorf("%s: the page is not whole", name)
		}
		d := parsePage(t, page)
		for rule, check := range rules {
			t.Run(name+"/"+rule, func(t *testing.T) { check(t, d) })
		}
	}
}

// checkFrame wants one of each landmark, in the body, and a title.
func checkFrame(t *testing.T, d document) {
	for _, tag := range []string{"main", "h1", "title", "style", "footer"} {
		if n := d.count(tag); n != 1 {
			t.Errorf("%d elements %s, want 1", n, tag)
		}
	}
	for n := range d.elements("html") {
		if lang, _ := attr(n, "lang"); lang == "" {
			t.Error("the page names no language")
		}
	}
	for n := range d.elements("main", "footer") {
		if parents := slices.Collect(n.Ancestors()); len(parents) > 5 {
			t.Errorf("%s lies %d levels deep", n.Data, len(parents))
		}
	}
}

// checkIDs wants unique ids, and something behind every address in the page.
func checkIDs(t *testing.T, d document) {
	ids := map[string]bool{}
	for n := range d.elements() {
		id, ok := attr(n, "id")
		if ok && (id == "" || ids[id]) {
			t.Errorf("id %q of %s is empty or used twice", id, n.Data)
		}
		ids[id] = true
	}
	for n := range d.elements() {
		for _, name := range []string{"fill", "marker-end"} {
			value, _ := attr(n, name)
			if target, ok := strings.CutPrefix(value, "url(#"); ok && !ids[strings.TrimSuffix(target, ")")] {
				t.Errorf("%s of %s needs %q, which is not there", name, n.Data, target)
			}
		}
		for _, name := range []string{"href", "aria-labelledby", "popovertarget"} {
			target, ok := attr(n, name)
			if name == "href" {
				target, ok = strings.CutPrefix(target, "#")
			}
			for _, target := range strings.Fields(target) {
				if decoded, err := url.PathUnescape(target); ok && (err != nil || !ids[decoded]) {
					t.Errorf("%s of %s leads to %q, which is not there", name, n.Data, target)
				}
			}
		}
	}
}

// checkOutline wants headings that go down one level at a time.
func checkOutline(t *testing.T, d document) {
	last := 0
	for n := range d.elements("h1", "h2", "h3", "h4", "h5", "h6") {
		level := int(n.Data[1] - '0')
		if level > last+1 {
			t.Errorf("%s %q follows a heading of level %d", n.Data, text(n), last)
		}
		last = level
	}
}

// checkPolicy wants a policy that allows the page's style and script only.
func checkPolicy(t *testing.T, d document) {
	policy := ""
	for n := range d.elements("meta") {
		if v, _ := attr(n, "http-equiv"); v == "Content-Security-Policy" {
			policy, _ = attr(n, "content")
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
		t.Fatalf("policy %q", policy)
	}
	for n := range d.elements("style", "script") {
		sum := sha256.Sum256([]byte(n.FirstChild.Data))
		source := n.Data + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		if !strings.Contains(policy, source) {
			t.Errorf("the policy does not allow the page's own %s: %s", n.Data, policy)
		}
	}
}

var inertTags = []string{"iframe", "object", "embed", "base", "form", "frame", "frameset", "applet", "audio", "video", "source", "math"}

// checkInert wants a page that runs nothing of the note's and fetches nothing.
func checkInert(t *testing.T, d document) {
	if d.count("script") != 1 || d.count("style") != 1 || d.count("link") != 1 {
		t.Error("the page has scripts, styles or links that are not the theme's")
	}
	for n := range d.elements() {
		if slices.Contains(inertTags, n.Data) {
			t.Errorf("element %s", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "srcset" {
				t.Errorf("attribute %s of %s", a.Key, n.Data)
			}
			if a.Key == "src" && !strings.HasPrefix(a.Val, "data:image/") {
				t.Errorf("%s loads %s", n.Data, a.Val)
			}
			if a.Key == "href" {
				checkAddress(t, n, a.Val)
			}
		}
	}
}

func checkAddress(t *testing.T, n *html.Node, address string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return // no browser takes a scheme from it either
	}
	allowed := []string{"", "http", "https", "mailto", "tel"}
	if n.Data == "link" {
		allowed = []string{"data"}
	}
	if !slices.Contains(allowed, strings.ToLower(u.Scheme)) {
		t.Errorf("%s leads to %s", n.Data, address)
	}
}

// checkCells wants the attributes that others rely on.
func checkCells(t *testing.T, d document) {
	for n := range d.elements("section") {
		class, _ := attr(n, "class")
		id, _ := attr(n, "id")
		if class != "cell" || id == "" {
			t.Errorf("section with class %q and id %q", class, id)
		}
		_, outcome := attr(n, "data-outcome")
		expected, hasExpected := attr(n, "data-expected")
		if outcome != hasExpected || hasExpected && expected != "true" && expected != "false" {
			t.Errorf("cell %s: data-expected is %q", id, expected)
		}
	}
	for n := range d.elements("div") {
		if stream, ok := attr(n, "data-stream"); ok && !slices.Contains([]string{"stdout", "stderr", "display"}, stream) {
			t.Errorf("data-stream %q", stream)
		}
	}
}

// checkFigures wants a name for every picture that is more than ornament, and
// heads for every table.
func checkFigures(t *testing.T, d document) {
	for n := range d.elements("svg") {
		class, _ := attr(n, "class")
		_, hidden := attr(n, "aria-hidden")
		if inner := class == "plot" || class == "sprite"; inner || hidden {
			continue
		}
		role, _ := attr(n, "role")
		if name, _ := attr(n, "aria-labelledby"); role != "img" || name == "" {
			t.Errorf("a picture with class %q, role %q and no name", class, role)
		}
	}
	for n := range d.elements("table") {
		heads := 0
		for cell := range (document{n}).elements("th") {
			if scope, _ := attr(cell, "scope"); scope == "col" {
				heads++
			}
		}
		if heads == 0 {
			t.Errorf("a table without heads: %.60q", text(n))
		}
	}
}

// checkControls wants a name for everything that can be focused or operated.
func checkControls(t *testing.T, d document) {
	for n := range d.elements() {
		_, label := attr(n, "aria-label")
		tabindex, _ := attr(n, "tabindex")
		switch {
		case tabindex == "0" && !label:
			t.Errorf("%s can be focused and has no name", n.Data)
		case n.Data == "input" && !label:
			t.Error("an input has no name")
		case n.Data == "img":
			if _, alt := attr(n, "alt"); !alt {
				t.Error("a picture has no alt")
			}
		case (n.Data == "a" || n.Data == "summary") && !label && strings.TrimSpace(text(n)) == "":
			t.Errorf("%s without text or name", n.Data)
		}
	}
}
