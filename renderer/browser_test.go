package renderer_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A tab is a page open in a real browser.
type tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	troubles []string // errors, dialogs and requests of the page
	document string   // address of the page
}

// openBrowser starts a browser without a profile, or skips the test.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no chromium found: how a page behaves in a browser is not tested")
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	))
	t.Cleanup(quit)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// newTab opens a tab. What goes wrong in its pages fails the test at its end.
func newTab(t *testing.T, browser context.Context, before ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	b := &tab{T: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	b.do(before...)
	t.Cleanup(func() {
		for _, trouble := range b.takeTroubles() {
			t.Error(trouble)
		}
	})
	return b
}

// open opens a tab with a page of testdata.
func open(t *testing.T, browser context.Context, name string, before ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	b := newTab(t, browser, before...)
	b.show(name, renderPage(t, name))
	return b
}

// show goes to a page.
func (b *tab) show(name, page string) {
	b.Helper()
	file := filepath.Join(b.TempDir(), name+".html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		b.Fatal(err)
	}
	b.mu.Lock()
	b.document = "file://" + file
	b.mu.Unlock()
	b.do(chromedp.Navigate(b.document))
}

// takeTroubles returns what went wrong so far.
func (b *tab) takeTroubles() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	troubles := b.troubles
	b.troubles = nil
	return troubles
}

// listen writes down what a page must not do.
func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	add := func(format string, args ...any) {
		b.troubles = append(b.troubles, filepath.Base(b.document)+": "+fmt.Sprintf(format, args...))
	}
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		add("exception: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		add("console.%s", e.Type)
	case *log.EventEntryAdded:
		add("log: %s", e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		add("dialog: %s", e.Message)
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, "data:") && e.Type != network.ResourceTypeDocument {
			add("request: %s", url)
		}
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func eval[T any](b *tab, script string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.Fatalf("%s: %v", script, err)
	}
	return v
}

// wait waits until an expression of the page is true.
func (b *tab) wait(condition string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](condition, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		b.Fatalf("%s: %v", condition, err)
	}
}

func scheme(name string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (v chromedp.Void, err error) {
		_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return v, err
	}
}

func withoutScripts(ctx context.Context, _ *chromedp.Target) (v chromedp.Void, err error) {
	_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return v, err
}

func TestBrowser(t *testing.T) {
	ctx := openBrowser(t)
	t.Run("troubles are seen", func(t *testing.T) { testTroubles(t, ctx) })
	t.Run("fits", func(t *testing.T) { testFits(t, ctx) })
	for _, width := range []int64{1440, 375} {
		t.Run(fmt.Sprintf("prose first/%d", width), func(t *testing.T) { testProseFirst(t, ctx, width) })
	}
	t.Run("diff", func(t *testing.T) { testDiff(t, ctx) })
	t.Run("uncovered", func(t *testing.T) { testUncovered(t, ctx) })
	t.Run("theme", func(t *testing.T) { testTheme(t, ctx) })
	t.Run("copy", func(t *testing.T) { testCopy(t, ctx) })
	t.Run("contents", func(t *testing.T) { testContents(t, ctx) })
	t.Run("scroll spy", func(t *testing.T) { testScrollSpy(t, ctx) })
	t.Run("timeline", func(t *testing.T) { testTimeline(t, ctx) })
	t.Run("pictures", func(t *testing.T) { testPictures(t, ctx) })
	t.Run("targets", func(t *testing.T) { testTargets(t, ctx) })
	t.Run("roles", func(t *testing.T) { testRoles(t, ctx) })
	t.Run("without scripts", func(t *testing.T) { testWithoutScripts(t, ctx) })
	t.Run("inert", func(t *testing.T) { testInert(t, ctx) })
	t.Run("payloads", func(t *testing.T) { testPayloads(t, ctx) })
	t.Run("policy", func(t *testing.T) { testPolicy(t, ctx) })
}

// testTroubles keeps the other tests honest: a page that does everything that
// pages must not do.
func testTroubles(t *testing.T, browser context.Context) {
	b := newTab(t, browser)
	b.show("bad", `<img src="picture.png"><script>console.log("x")</script><script>throw new Error("y")</script>`)
	seen := strings.Join(b.takeTroubles(), "\n")
	for _, want := range []string{"request: ", "console.log", "exception: "} {
		if !strings.Contains(seen, want) {
			t.Errorf("no %q among the troubles:\n%s", want, seen)
		}
	}
}

// cutOff lists boxes whose content is wider and cannot be scrolled to.
const cutOff = `[...document.querySelectorAll("pre, .scroll")]
	.filter((e) => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX != "auto")
	.map((e) => e.textContent.slice(0, 40))`

// testFits wants no part of a page wider than the window, folded parts open,
// and none cut off.
func testFits(t *testing.T, browser context.Context) {
	b := newTab(t, browser)
	for _, name := range pageNames(t) {
		b.show(name, renderPage(t, name))
		eval[chromedp.Void](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
		for _, width := range []int64{1440, 768, 375} {
			b.do(chromedp.EmulateViewport(width, 900))
			if got := eval[int64](b, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s: the page is %d wide in a window of %d", name, got, width)
			}
			if cut := eval[[]string](b, cutOff); len(cut) > 0 {
				t.Errorf("%s: cut off in a window of %d: %q", name, width, cut)
			}
		}
	}
}

// testProseFirst compares what the author wrote with what the page adds to it.
func testProseFirst(t *testing.T, browser context.Context, width int64) {
	b := open(t, browser, "plain", chromedp.EmulateViewport(width, 900))
	const height = `[...document.querySelectorAll(%q)].reduce((sum, e) => sum + e.getBoundingClientRect().height, 0)`
	prose := eval[float64](b, fmt.Sprintf(height, "main > :is(h1, h2, h3, p, ul:not(.tags), ol, blockquote, .callout)"))
	added := eval[float64](b, fmt.Sprintf(height, ".top, .facts, .tags, footer, .cell > header, .foot, .problem, .corner"))
	t.Logf("prose %.0f, metrics, badges and chrome %.0f", prose, added)
	if added == 0 || prose <= added {
		t.Errorf("prose takes %.0f pixels, metrics, badges and chrome %.0f", prose, added)
	}
}

// testDiff wants what was stated in red and what was printed in green.
func testDiff(t *testing.T, browser context.Context) {
	for _, name := range []string{"light", "dark"} {
		b := open(t, browser, "showcase", scheme(name))
		const channels = `getComputedStyle(document.querySelector(%q)).backgroundColor.match(/\d+/g).map(Number)`
		stated := eval[[]int](b, fmt.Sprintf(channels, ".diff del"))
		printed := eval[[]int](b, fmt.Sprintf(channels, ".diff ins"))
		if stated[0] <= stated[1] || printed[1] <= printed[0] {
			t.Errorf("%s: stated is rgb%v, printed is rgb%v", name, stated, printed)
		}
	}
}

// covered lists the buttons that lie above code.
const covered = `[...document.querySelectorAll(".copy")].filter((button) => {
	const code = button.closest(".cell, .code").querySelector(".code > pre, pre").getBoundingClientRect();
	const at = button.getBoundingClientRect();
	return at.left < code.right && code.left < at.right && at.top < code.bottom && code.top < at.bottom;
}).length`

// testUncovered wants buttons beside the code, not above it.
func testUncovered(t *testing.T, browser context.Context) {
	for _, name := range []string{"aftermath", "prose", "showcase", "options"} {
		b := open(t, browser, name)
		for _, width := range []int64{1440, 375} {
			b.do(chromedp.EmulateViewport(width, 900))
			if n := eval[int](b, covered); n > 0 {
				t.Errorf("%s: %d buttons above code in a window of %d", name, n, width)
			}
		}
	}
}

const background = `getComputedStyle(document.body).backgroundColor`

func testTheme(t *testing.T, browser context.Context) {
	b := open(t, browser, "showcase", scheme("light"))
	light := eval[string](b, background)
	b.do(chromedp.Click(chromedp.CSS(".theme")))
	dark := eval[string](b, background)
	if light == dark {
		t.Fatalf("the background stays %s", light)
	}
	if label := eval[string](b, `document.querySelector(".theme").ariaLabel`); label != "Switch to light theme" {
		t.Errorf("the button says %q", label)
	}
	b.do(chromedp.Navigate(b.document))
	if got := eval[string](b, background); got != dark {
		t.Errorf("the choice is not kept: %s", got)
	}
	eval[chromedp.Void](b, `localStorage.clear()`)
	b.do(scheme("dark"), chromedp.Navigate(b.document))
	if got := eval[string](b, background); got != dark {
		t.Errorf("the page does not follow the system: %s", got)
	}
}

func testCopy(t *testing.T, browserCtx context.Context) {
	b := open(t, browserCtx, "options")
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		if _, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted,
		}); err != nil {
			t.Fatal(err)
		}
	}
	b.do(chromedp.Click(chromedp.CSS("#folded .copy")))
	b.wait(`document.querySelector("[role=status]").textContent == "Code copied"`)
	copied, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`navigator.clipboard.readText()`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if want := "sum := 0\nfor n := range 5 {\n\tsum += n\n}\nsum\n"; copied != want {
		t.Errorf("copied %q, want %q", copied, want)
	}
}

// testContents opens the table of contents on a phone and follows a link.
func testContents(t *testing.T, browser context.Context) {
	b := open(t, browser, "fourteen", chromedp.EmulateViewport(375, 700))
	const shown = `getComputedStyle(document.querySelector(".toc")).display != "none"`
	if eval[bool](b, shown) {
		t.Fatal("the contents cover the page from the start")
	}
	b.do(chromedp.Click(chromedp.CSS(".jump")))
	b.wait(shown)
	b.do(chromedp.Click(chromedp.CSS(`.toc a[href="#sharing"]`)))
	b.wait(`!(` + shown + `) && location.hash == "#sharing"`)
}

func testScrollSpy(t *testing.T, browser context.Context) {
	b := open(t, browser, "fourteen", chromedp.EmulateViewport(1440, 900))
	eval[chromedp.Void](b, `document.documentElement.style.scrollBehavior = "auto"; document.getElementById("choosing").scrollIntoView()`)
	b.wait(`document.querySelector(".toc .on")?.textContent == "Choosing"`)
	if n := eval[int](b, `document.querySelectorAll(".toc [aria-current]").length`); n != 1 {
		t.Errorf("%d parts are current", n)
	}
}

// testTimeline goes from a slice to its line of code and back, with the pointer
// and with the keyboard.
func testTimeline(t *testing.T, browser context.Context) {
	b := open(t, browser, "timeline", chromedp.EmulateViewport(1440, 900))
	const lit = `[...document.querySelectorAll("#pool .hl.at")].map((e) => e.textContent.trim()).join()`
	const marked = `document.querySelectorAll("#pool .timeline .on").length`
	eval[chromedp.Void](b, `document.querySelector("#pool .timeline [data-line='7']").dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))`)
	if line, n := eval[string](b, lit), eval[int](b, marked); line != "jobs <- n" || n != 1 {
		t.Errorf("a slice marks %q and %d slices", line, n)
	}
	eval[chromedp.Void](b, `document.getElementById("pool:L7").dispatchEvent(new PointerEvent("pointerenter"))`)
	if n, all := eval[int](b, marked), eval[int](b, `document.querySelectorAll("#pool .timeline [data-line='7']").length`); n != all || n < 2 {
		t.Errorf("a line of code marks %d of its %d slices", n, all)
	}
	eval[chromedp.Void](b, `document.getElementById("pool:L7").dispatchEvent(new PointerEvent("pointerleave"))`)
	if line, n := eval[string](b, lit), eval[int](b, marked); line != "" || n != 0 {
		t.Errorf("without the pointer %q and %d slices are marked", line, n)
	}
	eval[chromedp.Void](b, `document.querySelector("#pool .names [data-line]").dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))`)
	if line, dim := eval[string](b, lit), eval[bool](b, `document.querySelector("#pool .timeline").matches(".dim")`); !strings.HasPrefix(line, "go ") || dim {
		t.Errorf("the name of a goroutine marks %q, and the lanes are dim: %v", line, dim)
	}
	eval[chromedp.Void](b, `document.querySelector("#pool .timeline").focus()`)
	for range 2 {
		eval[chromedp.Void](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }))`)
	}
	if line, said := eval[string](b, lit), eval[string](b, `document.querySelector("[role=status]").textContent`); line == "" || !strings.HasPrefix(said, "cell: ") {
		t.Errorf("the keys mark %q and say %q", line, said)
	}
	eval[chromedp.Void](b, `document.activeElement.blur()`)
	if n := eval[int](b, marked); n != 0 {
		t.Errorf("without the focus %d slices are marked", n)
	}
}

// testPictures wants every part of a picture within it, and points of time that
// can be told apart, at every width.
func testPictures(t *testing.T, browser context.Context) {
	b := open(t, browser, "timeline")
	eval[chromedp.Void](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
	for _, width := range []int64{1440, 375} {
		b.do(chromedp.EmulateViewport(width, 900))
		outside := eval[[]string](b, `[...document.querySelectorAll(".timeline")].flatMap((svg) => {
			const box = svg.closest(".cell").getBoundingClientRect();
			return [...svg.querySelectorAll("text, path, line, circle")].filter((e) => {
				const at = e.getBoundingClientRect();
				return at.width + at.height > 0 && (at.left < box.left || at.right > box.right || at.bottom > box.bottom);
			}).map((e) => svg.closest(".cell").id + ": " + e.outerHTML.slice(0, 80));
		})`)
		if len(outside) > 0 {
			t.Errorf("outside of the cell in a window of %d: %q", width, outside)
		}
		if n := eval[int](b, `[...document.querySelectorAll(".timeline .note")].filter((e) => e.getBoundingClientRect().width > 0).length`); n == 0 {
			t.Errorf("no region has a name in a window of %d", width)
		}
		touching := eval[[]string](b, `[...document.querySelectorAll(".axis")].flatMap((axis) => {
			const labels = [...axis.querySelectorAll("text")];
			return labels.slice(1).filter((e, i) => e.getBoundingClientRect().left < labels[i].getBoundingClientRect().right + 2)
				.map((e) => axis.closest(".cell").id + ": " + e.textContent);
		})`)
		if len(touching) > 0 {
			t.Errorf("points of time that touch in a window of %d: %q", width, touching)
		}
	}
}

// testTargets wants whatever a finger must hit as high as 24 pixels, but for the
// links of running text.
func testTargets(t *testing.T, browser context.Context) {
	b := newTab(t, browser)
	for _, name := range []string{"showcase", "measured", "timeline", "verdicts"} {
		b.show(name, renderPage(t, name))
		eval[chromedp.Void](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
		for _, width := range []int64{1440, 375} {
			b.do(chromedp.EmulateViewport(width, 900))
			low := eval[[]string](b, `[...document.querySelectorAll("button, summary, .toc a, .facts a")].filter((e) => {
				const height = e.getBoundingClientRect().height;
				return height > 0 && height < 24;
			}).map((e) => e.textContent.slice(0, 40))`)
			if len(low) > 0 {
				t.Errorf("%s: too low in a window of %d: %q", name, width, low)
			}
		}
	}
}

// testRoles wants what a verdict says of a line of code within the cell, beside
// the code or below it, wherever the code itself fits.
func testRoles(t *testing.T, browser context.Context) {
	b := open(t, browser, "verdicts")
	for _, width := range []int64{1440, 375} {
		b.do(chromedp.EmulateViewport(width, 900))
		if n := eval[int](b, `document.querySelectorAll(".role").length`); n == 0 {
			t.Fatal("no roles on the page")
		}
		cut := eval[[]string](b, `[...document.querySelectorAll(".role")].filter((role) => {
			const box = role.closest("pre");
			return box.scrollWidth <= box.clientWidth && role.getBoundingClientRect().right > box.getBoundingClientRect().right;
		}).map((role) => role.dataset.role)`)
		below := eval[string](b, `(() => {
			const src = document.querySelector(".src"), role = src.nextSibling;
			const room = src.closest("pre").clientWidth - src.getBoundingClientRect().left;
			src.append("x".repeat(room / 7));
			return role.getBoundingClientRect().top > src.getBoundingClientRect().top + 10 ? "" : "beside long code";
		})()`)
		if len(cut) > 0 || below != "" {
			t.Errorf("in a window of %d cut %q, %s", width, cut, below)
		}
		b.do(chromedp.Navigate(b.document))
	}
}

// testWithoutScripts wants the whole page, without buttons that do nothing.
func testWithoutScripts(t *testing.T, browser context.Context) {
	b := open(t, browser, "showcase", chromedp.EmulateViewport(1440, 900), withoutScripts)
	for selector, want := range map[string]bool{
		"h1": true, ".facts": true, ".toc": true, ".cell pre": true, ".out": true, ".problem": true, ".diff": true, "summary": true,
		".copy": false, ".theme": false,
	} {
		got := eval[bool](b, fmt.Sprintf(`(document.querySelector(%q)?.getBoundingClientRect().height || 0) > 0`, selector))
		if got != want {
			t.Errorf("%s is shown: %v, want %v", selector, got, want)
		}
	}
	b.do(chromedp.Click(chromedp.CSS(".more > summary")))
	if !eval[bool](b, `document.querySelector(".more").open`) {
		t.Error("long output does not unfold")
	}
}

// testInert opens the page of a note that tries everything.
func testInert(t *testing.T, browser context.Context) {
	b := open(t, browser, "hostile")
	if title := eval[string](b, `document.title`); title != "<script>document.title='owned'</script> & co" {
		t.Errorf("the title is %q", title)
	}
	if n := eval[int](b, `document.querySelectorAll("main > *").length`); n < 25 {
		t.Errorf("only %d blocks lie where they belong", n)
	}
	eval[chromedp.Void](b, `document.querySelectorAll("main a, main img, main summary").forEach((e) => { e.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })) })`)
}
