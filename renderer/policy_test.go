package renderer_test

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testPayloads opens the page of each payload, and does what a reader may do.
func testPayloads(t *testing.T, browser context.Context) {
	b := newTab(t, browser)
	for i, payload := range append(payloads(t), colorFlood) {
		if i%payloadStep != 0 {
			continue
		}
		b.show("payload", payloadPage(t, payload))
		eval[chromedp.Void](b, `document.querySelectorAll("details").forEach((d) => { d.open = true })`)
		eval[chromedp.Void](b, `document.querySelectorAll("main *").forEach((e) => {
			for (const name of ["mouseover", "focus"]) e.dispatchEvent(new MouseEvent(name, { bubbles: true }))
		})`)
		if title := eval[string](b, `document.title`); title != "Inert" {
			t.Errorf("%.60q: the title is %q", payload, title)
		}
		if !eval[bool](b, `document.querySelector("main").textContent.includes("The end.") && document.querySelector("footer").checkVisibility()`) {
			t.Errorf("%.60q: the page is not whole", payload)
		}
		for _, trouble := range b.takeTroubles() {
			t.Errorf("%.60q: %s", payload, trouble)
		}
	}
}

// injections are markup that runs or loads something where nothing stops it.
// SERVER is an address that counts requests, #go is clicked on.
var injections = map[string]string{
	"script":          `<script>document.title = "owned"</script>`,
	"script file":     `<script src="SERVER"></script>`,
	"error handler":   `<img src="data:image/png;base64,AA" onerror="document.title = 'owned'">`,
	"load handler":    `<svg onload="document.title = 'owned'"></svg>`,
	"click handler":   `<p id=go onclick="document.title = 'owned'">x</p>`,
	"javascript link": `<a id=go href="javascript:document.title='owned';void 0">x</a>`,
	"inner document":  `<iframe srcdoc="<script>parent.document.title = 'owned'</script>"></iframe>`,
	"frame":           `<iframe src="SERVER"></iframe>`,
	"picture":         `<img src="SERVER">`,
	"style sheet":     `<link rel=stylesheet href="SERVER">`,
	"object":          `<object data="SERVER"></object>`,
	"form":            `<form action="SERVER"><button id=go>x</button></form>`,
}

var policyTag = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// testPolicy puts markup into the body of a page, as a hole in the renderer
// would: the policy stops it, and nothing else does.
func testPolicy(t *testing.T, browser context.Context) {
	hits := make(chan struct{}, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent) // a tab that asks stays where it is
		hits <- struct{}{}
	}))
	t.Cleanup(server.Close)
	plain := renderPage(t, "plain")
	for i, name := range slices.Sorted(maps.Keys(injections)) {
		if i%payloadStep != 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			markup := strings.ReplaceAll(injections[name], "SERVER", server.URL+"/x")
			page := strings.Replace(plain, "</main>", markup+"</main>", 1)
			free := policyTag.ReplaceAllString(page, "")
			if page == plain || free == page {
				t.Fatal("nothing was put into the page, or it has no policy")
			}
			b := newTab(t, browser)
			b.show("free", free)
			b.click()
			b.eventually("the markup does its work", func() bool {
				return len(hits) > 0 || eval[string](b, `document.title`) == "owned"
			})
			b.takeTroubles()
			for len(hits) > 0 {
				<-hits
			}
			b = newTab(t, browser)
			b.show("guarded", page)
			title := eval[string](b, `document.title`)
			b.click()
			b.eventually("the policy is named as what stopped it", func() bool {
				return strings.Contains(strings.Join(b.seenTroubles(), "\n"), "Content Security Policy")
			})
			if got := eval[string](b, `document.title`); got == "owned" || got != title || len(hits) > 0 {
				t.Errorf("the title is %q, %d requests came", got, len(hits))
			}
			b.takeTroubles()
		})
	}
}

// click clicks on #go, if there is one.
func (b *tab) click() {
	b.Helper()
	eval[chromedp.Void](b, `document.getElementById("go")?.click()`)
}

// eventually asks the browser again and again, until its time is over.
func (b *tab) eventually(what string, holds func() bool) {
	b.Helper()
	b.Log("waiting until " + what)
	for !holds() {
		eval[bool](b, `true`) // fails when the time is over
	}
}

// seenTroubles returns what went wrong so far, and keeps it.
func (b *tab) seenTroubles() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.troubles...)
}
