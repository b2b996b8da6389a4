package terminal

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// interval is the time between two pictures of the progress line. Nothing is
// shown of what takes less.
const interval = 100 * time.Millisecond

// A progress is the line at the bottom of a terminal that says what is going
// on and for how long. Its owner calls one method at a time. A nil *progress
// draws nothing.
type progress struct {
	file  *os.File
	bar   *progressbar.ProgressBar
	text  string // empty: nothing is going on
	since time.Time
	shown bool
}

func newProgress(file *os.File) *progress {
	return &progress{file: file, bar: progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(file),
		progressbar.OptionSetSpinnerChangeInterval(0), // drawn by us, under our lock
		progressbar.OptionSpinnerType(14),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionUseANSICodes(true),
	)}
}

func (p *progress) set(text string, now time.Time) {
	if p != nil {
		p.text, p.since = text, now
	}
}

func (p *progress) draw(now time.Time) {
	if p == nil || p.text == "" {
		return
	}
	width, _, err := term.GetSize(int(p.file.Fd()))
	if err != nil || width <= 0 { // some terminals do not know
		width = 80
	}
	elapsed := fmt.Sprintf(" %.1fs", now.Sub(p.since).Seconds())
	const spinner = 4 // columns of the spinner and the blanks around the text
	p.bar.Describe(cut(p.text, width-spinner-len(elapsed)) + elapsed)
	p.shown = true
}

func (p *progress) clear() {
	if p != nil && p.shown {
		_ = p.bar.Clear()
		p.shown = false
	}
}

// cut shortens printable text to a number of columns, taking every character
// that is not ASCII for a wide one: a line that wraps could not be cleared.
func cut(text string, columns int) string {
	var b strings.Builder
	for _, r := range printable(text) {
		columns--
		if r > 0x7f {
			columns--
		}
		if columns < 1 {
			return b.String() + "…"
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Activity says what is going on from now on; "" ends it.
func (c *Console) Activity(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.progress.set(text, time.Now())
	if text == "" {
		c.progress.clear()
	}
}

// Step says what is going on as a part of the activity before: its time goes on.
func (c *Console) Step(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	since := time.Now()
	if c.progress != nil && c.progress.text != "" {
		since = c.progress.since
	}
	c.progress.set(text, since)
}

// Watch shows on a terminal what is going on, until stop is called.
func (c *Console) Watch() (stop func()) {
	if !c.Interactive() {
		return func() {}
	}
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case now := <-ticker.C:
				c.draw(now)
			}
		}
	}()
	return func() {
		close(done)
		<-stopped
		c.Activity("")
	}
}

func (c *Console) draw(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.midLine && now.Sub(c.progress.since) >= interval {
		c.progress.draw(now)
	}
}
