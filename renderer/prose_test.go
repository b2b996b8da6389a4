package renderer_test

import (
	"strings"
	"testing"

	"notebook"
	"notebook/renderer"
)

// body renders Markdown and returns what stands between title and footer.
func body(t testing.TB, markdown string, assets renderer.Assets) string {
	t.Helper()
	note, _ := notebook.Parse("note.md", []byte(markdown))
	page := pageOf(t, note, nil, assets)
	_, rest, _ := strings.Cut(page, "</h1>")
	rest, _, found := strings.Cut(rest, "<footer>")
	if !found {
		t.Fatalf("no footer in %s", page)
	}
	return strings.TrimSpace(rest)
}

func TestRawHTML(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"pairs pass", "a <kbd>K</kbd> <sub>s</sub> <sup>t</sup> <mark>m</mark> <abbr>ab</abbr>", "<p>a <kbd>K</kbd> <sub>s</sub> <sup>t</sup> <mark>m</mark> <abbr>ab</abbr></p>"},
		{"breaks pass in every spelling", "a<br>b<br/>c<BR />d<wbr>e", "<p>a<br>b<br>c<br>d<wbr>e</p>"},
		{"upper case", "<KBD>x</KBD> y", "<p><kbd>x</kbd> y</p>"},
		{"attributes do not pass", `a <kbd class="x">b</kbd> c`, `<p>a &lt;kbd class="x"&gt;b&lt;/kbd&gt; c</p>`},
		{"unclosed", "a <sup>b", "<p>a &lt;sup&gt;b</p>"},
		{"unopened", "a </sup>b", "<p>a &lt;/sup&gt;b</p>"},
		{"crossed", "a <sub>b<sup>c</sub>d</sup>", "<p>a <sub>b&lt;sup&gt;c</sub>d&lt;/sup&gt;</p>"},
		{"over other markup", "a <sub>*b</sub>*", "<p>a &lt;sub&gt;<em>b&lt;/sub&gt;</em></p>"},
		{"details in a line", "a <details>b</details>", "<p>a &lt;details&gt;b&lt;/details&gt;</p>"},
		{"details as blocks", "<details>\n<summary>S &amp; T</summary>\n\n*b*\n\n</details>", "<details>\n<summary>S &amp; T</summary>\n<p><em>b</em></p>\n</details>"},
		{"details without end", "<details>\n\ntext", "<p class=raw>&lt;details&gt;\n</p>\n<p>text</p>"},
		{"end of somebody else's details", "> [!note]- T\n> </details>\n", "<details class=callout><summary class=name>T</summary>\n<p class=raw>&lt;/details&gt;\n</p>\n</details>"},
		{"comments", "a <!-- b --> c\n\n<!-- d\ne -->", "<p>a  c</p>"},
		{"script", "<script>alert(1)</script>", "<p class=raw>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
		{"other blocks", "<div>\n*a*\n</div>", "<p class=raw>&lt;div&gt;\n*a*\n&lt;/div&gt;</p>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := body(t, test.in, renderer.Assets{}); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	assets := renderer.Assets{
		Links: map[string]string{
			"b.md": "b.html", "b.md#x": "b.html#x", "Note": "n.html", "Note#Part": "n.html#part", "evil.md": "javascript:alert(1)",
		},
		Images: map[string]renderer.Image{"a.png": {MIME: "image/png", Data: []byte("png")}, "a.html": {MIME: "text/html", Data: []byte("x")}},
	}
	const gone = `<span class=vh> (this link was removed)</span></span>`
	tests := []struct{ name, in, want string }{
		{"resolved", "[x](b.md) [y](b.md#x)", `<a href="b.html">x</a> <a href="b.html#x">y</a>`},
		{"not resolved", "[x](c.md)", `<a href="c.md">x</a>`},
		{"fragment", "[x](#there)", `<a href=#there>x</a>`},
		{"title", `[x](https://a.example/ "T &amp; \"U\"")`, `<a href="https://a.example/" title="T &amp; &quot;U&quot;">x</a>`},
		{"bare address", "https://a.example/?q=1&r", `<a href="https://a.example/?q=1&amp;r">https://a.example/?q=1&amp;r</a>`},
		{"mail", "<a@b.example> a@b.example", `<a href="mailto:a@b.example">a@b.example</a> <a href="mailto:a@b.example">a@b.example</a>`},
		{"spaces and quotes", `[x](<a b".md>)`, `<a href="a%20b%22.md">x</a>`},
		{"javascript", "[x](javascript:f)", "<span class=dead>x" + gone},
		{"in any case", "[x](JAVAscript:f)", "<span class=dead>x" + gone},
		{"as a reference", "[x](&#x6a;avascript:f)", "<span class=dead>x" + gone},
		{"with a tab", "[x](<java\tscript:f>)", "<span class=dead>x" + gone},
		{"behind a control character", "[x](<&#1;javascript:f>)", "<span class=dead>x" + gone},
		{"data", "[x](data:text/html,x)", "<span class=dead>x" + gone},
		{"file", "[x](file:///etc)", "<span class=dead>x" + gone},
		{"resolved to javascript", "[x](evil.md)", "<span class=dead>x" + gone},
		{"wikilink", "[[Note]] [[Note#Part|p]]", `<a href="n.html">Note</a> <a href="n.html#part">p</a>`},
		{"wikilink to nothing", "[[Gone]]", "<span class=dead>Gone<span class=vh> (no such note)</span></span>"},
		{"picture", `![A "b"](a.png "T")`, `<img src="data:image/png;base64,cG5n" alt="A &quot;b&quot;" title=T>`},
		{"embedded picture", "![[a.png|120]] ![[a.png|words]] ![[a.png]]", `<img src="data:image/png;base64,cG5n" alt width=120> <img src="data:image/png;base64,cG5n" alt=words> <img src="data:image/png;base64,cG5n" alt>`},
		{"embedded note", "![[Note]]", `<a href="n.html">Note</a>`},
		{"missing picture", "![x](no.png) ![[no.png]]", "<span class=dead>Picture: x<span class=vh> (not found)</span></span> <span class=dead>no.png<span class=vh> (not found)</span></span>"},
		{"remote picture", "![x](https://a.example/p.png) ![](//a.example/p.png)", `<a href="https://a.example/p.png">Picture: x</a> <a href="//a.example/p.png">Picture: //a.example/p.png</a>`},
		{"picture that is none", "![x](a.html)", "<span class=dead>Picture: x<span class=vh> (not found)</span></span>"},
		{"picture in the note", "![x](data:image/png;base64,AA==)", `<img src="data:image/png;base64,AA==" alt=x>`},
		{"data that is no picture", "![x](data:image/svg+xml;base64,AA==)", "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, want := body(t, test.in, assets), "<p>"+test.want+"</p>"; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestProse(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"mark and tag", "==m== #t", "<p><mark>m</mark> <span class=tag>#t</span></p>"},
		{"tags alone move above the title", "#a #b\n\ntext", "<p>text</p>"},
		{"code shows what hides", "`a\u202eb` \u200fc", "<p><code>a⟨U+202E⟩b</code> \u200fc</p>"},
		{"control characters", "a&#1;b *c*", "<p>a\ufffdb <em>c</em></p>"},
		{"alignment without style", "|a|b|c|\n|:-|-:|:-:|\n|1|2|3|", `<div class=scroll tabindex=0 role=group aria-label=Table><table><thead><tr><th scope=col>a</th><th scope=col class=al-right>b</th><th scope=col class=al-center>c</th></tr></thead>
<tbody><tr><td>1</td><td class=al-right>2</td><td class=al-center>3</td></tr>
</tbody></table></div>`},
		{"callout", "> [!tip]\n> *x*", "<div class=\"callout good\" role=note><p class=name>Tip</p>\n<p><em>x</em></p>\n</div>"},
		{"callout with title", "> [!note] A `b`\n> x", "<div class=callout role=note><p class=name>A <code>b</code></p>\n<p>x</p>\n</div>"},
		{"folded callout", "> [!bug]-\n> x", "<details class=\"callout bad\"><summary class=name>Bug</summary>\n<p>x</p>\n</details>"},
		{"open callout", "> [!quote]+ T\n> x", "<details class=\"callout plain\" open><summary class=name>T</summary>\n<p>x</p>\n</details>"},
		{"task list", "- [x] a\n- [ ] b", "<ul>\n<li><input type=checkbox disabled checked aria-label=done>a</li>\n<li><input type=checkbox disabled aria-label=\"to do\">b</li>\n</ul>"},
		{"code with attributes", "```{.python #fig}\nx = 1\n```", "<div class=\"code plain-code\"><pre><code>x = <span class=m>1</span>\n</code></pre><div class=corner><span class=minor>python</span></div></div>"},
		{"code", "```python\nx = 1\n```", "<div class=\"code plain-code\"><pre><code>x = <span class=m>1</span>\n</code></pre><div class=corner><span class=minor>python</span></div></div>"},
		{"wide code can be focused", "    " + strings.Repeat("x", 40), "<div class=\"code plain-code\"><pre tabindex=0 role=group aria-label=code><code>" + strings.Repeat("x", 40) + "\n</code></pre></div>"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := body(t, test.in, renderer.Assets{}); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestOutline(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"title of the note", "# A\n## B\n### C", "h1 A, h2 B, h3 C"},
		{"title of the front matter", "---\ntitle: T\n---\n## B", "h1 T, h2 B"},
		{"both, equal", "---\ntitle: A\n---\n# A\n## B", "h1 A, h2 B"},
		{"both, different", "---\ntitle: T\n---\n# A\n## B", "h1 T, h2 A, h3 B"},
		{"none", "text", "h1 note"},
		{"more titles", "# A\n# B\n## C\n# D", "h1 A, h2 B, h3 C, h2 D"},
		{"jumps", "# A\n### B\n###### C\n### D\n## E", "h1 A, h2 B, h3 C, h2 D, h2 E"},
		{"siblings stay siblings", "## A\n#### B\n#### C\n### D", "h1 note, h2 A, h3 B, h3 C, h3 D"},
		{"deep", "# A\n# B\n## C\n### D\n#### E\n##### F\n###### G", "h1 A, h2 B, h3 C, h4 D, h5 E, h6 F, h6 G"},
		{"in quotes", "# A\n> ### B\n\n## C", "h1 A, h2 B, h2 C"},
		{"text before the title", "text\n\n# A", "h1 A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			note, _ := notebook.Parse("note.md", []byte(test.in))
			d := parsePage(t, pageOf(t, note, nil, renderer.Assets{}))
			var got []string
			for h := range d.elements("h1", "h2", "h3", "h4", "h5", "h6") {
				if s := strings.TrimSuffix(text(h), "#"); s != "On this page" {
					got = append(got, h.Data+" "+s)
				}
			}
			if s := strings.Join(got, ", "); s != test.want {
				t.Errorf("got %s, want %s", s, test.want)
			}
		})
	}
}

// A title in the front matter may hold code, as a heading does.
func TestTitleWithCode(t *testing.T) {
	tests := []struct{ front, heading, title, h1 string }{
		{"Use `make`", "Other", "Use make", "<h1>Use <code>make</code></h1>"},
		{"Use `make`", "Use `make`", "Use make", "<h1 id=use-make>Use <code>make</code></h1>"},
		{"`{go} 1` & co", "Other", "{go} 1 &amp; co", "<h1><code>{go} 1</code> &amp; co</h1>"},
		{"One ` alone", "Other", "One ` alone", "<h1>One ` alone</h1>"},
	}
	for _, test := range tests {
		note, _ := notebook.Parse("note.md", []byte("---\ntitle: \""+test.front+"\"\n---\n\n# "+test.heading+"\n"))
		page := pageOf(t, note, nil, renderer.Assets{})
		for _, want := range []string{"<title>" + test.title + "</title>", test.h1} {
			if !strings.Contains(strings.ReplaceAll(page, `<h1 id="use-make">`, "<h1 id=use-make>"), want) {
				t.Errorf("%s: no %s on the page", test.front, want)
			}
		}
	}
}
