package renderer_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2/lexers"

	"notebook"
	"notebook/renderer"
)

// families are kinds of text that took some Markdown parser, or this one, more
// than linear time or space. Each returns about n bytes of its kind.
var families = map[string]func(n int) string{
	"quotes":         repeated(">"),
	"spaced quotes":  repeated("> "),
	"items":          repeated("* "),
	"numbered items": repeated("1. "),
	"items by line":  repeated("- a\n"),
	"nested items": func(n int) string {
		return nested(n, func(i int) string { return strings.Repeat("  ", i%100) + "- a\n" })
	},
	"open links":              repeated("[a]("),
	"open images":             repeated("![a]("),
	"open link titles":        repeated(`[a](b "`),
	"links":                   repeated("[a](b) "),
	"opening brackets":        repeated("["),
	"closing brackets":        repeated("]"),
	"pairs of brackets":       func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) },
	"empty brackets":          repeated("[]"),
	"wikilinks":               repeated("[[a"),
	"embedded wikilinks":      repeated("![[a]]"),
	"backticks":               func(n int) string { return nested(n, func(i int) string { return "a" + strings.Repeat("`", i) }) },
	"fences":                  repeated("```\n"),
	"tildes":                  repeated("~~~a\n"),
	"stars":                   repeated("*a "),
	"stars in words":          repeated("a**b"),
	"underscores":             repeated("_a "),
	"mixed emphasis":          repeated("*a_ "),
	"strike":                  repeated("~~a"),
	"marks":                   repeated("==a"),
	"comments":                repeated("<!-- a "),
	"note comments":           repeated("%% a "),
	"processing instructions": repeated("<? a "),
	"declarations":            repeated("<!A "),
	"CDATA":                   repeated("<![CDATA[ a "),
	"open tags":               repeated("<a b "),
	"closed tags":             repeated("</a>"),
	"allowed tags":            repeated("<kbd>"),
	"details":                 repeated("<details>\n\n"),
	"entities":                repeated("&amp;"),
	"open entities":           repeated("&a"),
	"backslashes":             repeated(`\`),
	"addresses":               repeated("https://a.b/( "),
	"autolinks":               repeated("<http://a"),
	"mail addresses":          repeated("a@a.a_"),
	"setext headings":         repeated("a\n=\n"),
	"long setext heading":     func(n int) string { return strings.Repeat("a\n", n/2) + "=\n" },
	"headings":                repeated("# a\n"),
	"heading attributes":      repeated("# a {#b .c d=e}\n"),
	"rules":                   repeated("***\n"),
	"reference definitions":   func(n int) string { return nested(n, func(i int) string { return fmt.Sprintf("[%d]: a\n", i) }) },
	"references":              func(n int) string { return "[a]: " + strings.Repeat("b", n/2) + "\n\n" + strings.Repeat("[a]", n/6) },
	"footnotes": func(n int) string {
		return nested(n, func(i int) string { return fmt.Sprintf("[^%d]: a\n\n[^%d]\n\n", i, i) })
	},
	"open footnotes":     repeated("[^a"),
	"one footnote":       func(n int) string { return "[^a]: b\n\n" + strings.Repeat("[^a]", n/4) },
	"typographer quotes": repeated(`"a' `),
	"dashes":             repeated("-- ... "),
	"table cells":        func(n int) string { return "|" + strings.Repeat("a|", n/4) + "\n|" + strings.Repeat("-|", n/4) + "\n" },
	"short table rows": func(n int) string {
		return strings.Repeat("|a", 180) + "\n" + strings.Repeat("|-", 180) + "\n" + strings.Repeat("|\n", n/2)
	},
	"table delimiters": repeated("|-|\n"),
	"pipes in code":    func(n int) string { return "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", n/7) },
	"task items":       repeated("- [ ] a\n"),
	"definition items": repeated("a\n: b\n"),
	"callouts":         repeated("> [!note] a\n\n"),
	"nested callouts": func(n int) string {
		return nested(n, func(i int) string { return strings.Repeat(">", 1+i%90) + " [!note]\n" })
	},
	"mathematics":              repeated("$a "),
	"tags":                     repeated("#a "),
	"block names":              repeated("a ^b\n\n"),
	"spaces":                   repeated(" "),
	"tabs":                     repeated("\ta\n"),
	"line ends":                repeated("\r"),
	"zero bytes":               repeated("\x00"),
	"invalid text":             repeated("\xff"),
	"byte order marks":         repeated("\xef\xbb\xbf"),
	"direction marks":          repeated("\u202e"),
	"combining marks":          repeated("\u0301"),
	"one word":                 repeated("a"),
	"one line of code":         func(n int) string { return "```go\n" + strings.Repeat("a", n) + "\n```\n" },
	"strings in code":          func(n int) string { return "```go\n" + strings.Repeat(`"`, n) + "\n```\n" },
	"comments in code":         func(n int) string { return "```go\n" + strings.Repeat("/*", n/2) + "\n```\n" },
	"parentheses in code":      func(n int) string { return "```go\nx := " + strings.Repeat("(", n) + "\n```\n" },
	"brackets in Lua":          fenced("lua", repeated("[[")),
	"brackets in lines of Lua": fenced("lua", repeated("[[\n")),
	"lines in C":               fenced("c", repeated("\n")),
	"words in Java":            fenced("java", repeated("a\n")),
	"spaces in HCL":            fenced("hcl", repeated(strings.Repeat(" ", 500)+"\n")),
	"signs in Go":              fenced("go ignore", repeated("a+")),
	"marks in Go":              fenced("go ignore", repeated("+")),
	"numbers in Go":            fenced("go ignore", repeated("1 a ")),
	"many fences":              repeated("```python\na+b\n```\n"),
	"many languages": func(n int) string {
		names := lexers.Names(true)
		return nested(n, func(i int) string { return "```" + names[i%len(names)] + "\na\n```\n" })
	},
	"fences in Markdown":    fenced("markdown", repeated("~~~a\nb\n~~~\n")),
	"crossing tags":         func(n int) string { return strings.Repeat("<kbd>", n/11) + strings.Repeat("</sub>", n/11) },
	"tags in open comments": func(n int) string { return "<div>\n" + strings.Repeat("<!-- <b>", n/8) },
	"open tags in a block":  func(n int) string { return "<div>\n" + strings.Repeat("<a ", n/3) },
	"cells":                 repeated("```go\n```\n"),
	"option lines":          func(n int) string { return "```go\n" + strings.Repeat("//| a: b\n", n/9) + "```\n" },
	"front matter":          func(n int) string { return "---\n" + strings.Repeat("a: b\n", n/5) + "---\n" },
	"front matter lists":    func(n int) string { return "---\na: " + strings.Repeat("[", n) + "\n---\n" },
	"front matter aliases": func(n int) string {
		return "---\na: &a [b, b, b, b, b, b, b, b]\n" + nested(min(n, 1<<10), func(i int) string {
			return fmt.Sprintf("a%d: &a%d [*a, *a, *a, *a, *a, *a, *a, *a]\n", i, i)
		}) + "---\n"
	},
}

func repeated(s string) func(n int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)) }
}

// fenced puts what content returns into a fence.
func fenced(info string, content func(n int) string) func(n int) string {
	return func(n int) string { return "````" + info + "\n" + content(n) + "\n````\n" }
}

// nested joins what piece returns for 0, 1, 2 until there are n bytes.
func nested(n int, piece func(i int) string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(piece(i))
	}
	return b.String()
}

// hostileSize is how much of each family the tests take, in bytes.
const hostileSize = 64 << 10

// A hostile note has a whole page of moderate size: of what it would take too
// much to show, the page says so.
func TestHostileFamilies(t *testing.T) {
	const most = 5 << 20
	for name, family := range families {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := hostilePage(t, family(hostileSize))
			if len(page) > most {
				t.Errorf("the page has %d bytes", len(page))
			}
			if !utf8.ValidString(page) || !strings.HasSuffix(page, "</html>\n") {
				t.Errorf("the page is not whole: %q", page[max(0, len(page)-100):])
			}
		})
	}
}

func hostilePage(t testing.TB, text string) string {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", []byte(text))
	var page bytes.Buffer
	if err := renderer.New().Page(&page, note, nil, renderer.Assets{Diagnostics: diagnostics}); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// BenchmarkHostile parses and renders each family. It tells the time of 64 KB of
// the slowest in milliseconds, and growth: the largest factor by which the time
// of a family grows when its text is doubled twice, which is 4 for one that
// takes linear time.
func BenchmarkHostile(b *testing.B) {
	var slowest, growth float64
	var slow, grows string
	for b.Loop() {
		for _, name := range slices.Sorted(maps.Keys(families)) {
			quarter, whole := hostileTime(b, name, hostileSize/4), hostileTime(b, name, hostileSize)
			if ms := whole.Seconds() * 1000; ms > slowest {
				slowest, slow = ms, name
			}
			if g := float64(whole) / float64(max(quarter, time.Millisecond)); g > growth {
				growth, grows = g, name
			}
		}
	}
	b.Logf("slowest: %s; grows most: %s", slow, grows)
	b.ReportMetric(slowest, "slowest-ms")
	b.ReportMetric(growth, "growth")
	b.ReportMetric(0, "ns/op")
}

func hostileTime(b *testing.B, name string, size int) time.Duration {
	text := families[name](size)
	start := time.Now()
	hostilePage(b, text)
	return time.Since(start)
}
