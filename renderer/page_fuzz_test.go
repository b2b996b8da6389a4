package renderer_test

import (
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"notebook"
	"notebook/renderer"
)

// FuzzPage checks what must hold for the page of every note, also where a cell
// printed it.
func FuzzPage(f *testing.F) {
	for _, name := range slices.Sorted(maps.Keys(families)) {
		f.Add([]byte(families[name](200)))
	}
	f.Add([]byte(strings.ReplaceAll(readHostile(f, "contexts.md"), "PAYLOAD", `"><img src=x onerror=alert(1)>`)))
	f.Fuzz(func(t *testing.T, source []byte) {
		note, diagnostics := notebook.Parse("note.md", source)
		checkPage(t, pageOf(t, note, nil, renderer.Assets{Diagnostics: diagnostics}), len(source))

		printed, _ := notebook.Parse("note.md", []byte("```go\n//| output: asis\nprint()\n```\n\n```go\nprint()\n```\n"))
		run := &notebook.CellRun{
			Started: true, Outputs: []notebook.Written{{Stream: notebook.Stdout, Data: source}},
			Finished: &notebook.Finished{Outcome: notebook.OK, Expected: true},
		}
		result := &notebook.Result{Ran: true, Cells: map[string][]*notebook.CellRun{"cell-1": {run}, "cell-2": {run}}}
		checkPage(t, pageOf(t, printed, result, renderer.Assets{}), 2*len(source))
	})
}

// checkPage wants a page that is whole, harmless, and no larger than what size
// bytes of text may take: beyond a fixed part, of which filled up rows of
// tables are the most, it grows with the text.
func checkPage(t *testing.T, page string, size int) {
	t.Helper()
	if len(page) > 4<<20+100*size {
		t.Errorf("%d bytes of text give a page of %d", size, len(page))
	}
	if !utf8.ValidString(page) || strings.ContainsAny(page, "\x00\x1b\x7f") {
		t.Error("the page holds invalid UTF-8 or control characters")
	}
	if !strings.HasSuffix(page, "</body>\n</html>\n") {
		t.Error("the page is not whole")
	}
	d := parsePage(t, page)
	checkFrame(t, d)
	checkPolicy(t, d)
	checkInert(t, d)
}

// Four times as much text of a kind takes four times as much memory, or
// somewhat more. Time is not looked at: a test that does fails on busy days;
// BenchmarkHostile tells it.
func TestCostGrowsWithSize(t *testing.T) {
	const size = 16 << 10
	for _, name := range slices.Sorted(maps.Keys(families)) {
		hostilePage(t, families[name](100)) // prepares what is kept between pages
		quarter, whole := hostileMemory(t, name, size/4), hostileMemory(t, name, size)
		if whole > 6*quarter+2<<20 {
			t.Errorf("%s: %d KB take %d KB of memory, %d KB take %d KB", name, size>>12, quarter>>10, size>>10, whole>>10)
		}
	}
}

// hostileMemory returns the bytes that are allocated to make a page.
func hostileMemory(t *testing.T, name string, size int) uint64 {
	t.Helper()
	text := families[name](size)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	hostilePage(t, text)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
