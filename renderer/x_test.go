package renderer

import (
	"bytes"
	"context"
	"fmt"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"notebook"
	"os"
	"strings"
	"testing"
)

func TestX(t *testing.T) {
	name := os.Getenv("PAGE")
	if name == "" {
		t.Skip()
	}
	src, _ := os.ReadFile("../testdata/pages/" + name + ".md")
	n, ds := notebook.Parse("notebooks/"+name+".md", src)
	for _, d := range ds {
		fmt.Println(d)
	}
	if os.Getenv("V") != "" {
		for _, c := range n.Cells {
			fmt.Println(c.Label, c.Mode, c.Line, c.EndLine, c.Fence)
		}
	}
	var res *notebook.Result
	if f, err := os.Open("../testdata/pages/" + name + ".jsonl"); err == nil {
		res = notebook.Fold(n, func(yield func(notebook.Event) bool) {
			for e, err := range notebook.ReadEvents(f) {
				if err != nil {
					t.Fatal(err)
				}
				if !yield(e) {
					return
				}
			}
		})
	}
	var b bytes.Buffer
	if err := New().Page(&b, n, res, Assets{}); err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/"+name+".html", b.Bytes(), 0o644)
	fmt.Println(b.Len())
	shots := os.Getenv("SHOT")
	if shots == "" {
		return
	}
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.ExecPath("/usr/bin/chromium"), chromedp.UserDataDir(t.TempDir())))
	defer cancel()
	for _, s := range strings.Fields(shots) {
		var w int64
		var theme string
		fmt.Sscanf(s, "%d-%s", &w, &theme)
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[int]("1")); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}}); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(w, 900), chromedp.Navigate("file:///tmp/"+name+".html")); err != nil {
			t.Fatal(err)
		}
		if js := os.Getenv("JS"); js != "" {
			if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](js)); err != nil {
				t.Fatal(err)
			}
		}
		h, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.documentElement.scrollHeight"))
		if err != nil {
			t.Fatal(err)
		}
		sw, _ := chromedp.Run(ctx, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
		fmt.Println(s, "height", h, "scrollWidth", sw)
		buf, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/"+name+"-"+s+".png", buf, 0o644)
	}
}
