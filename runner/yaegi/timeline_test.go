package yaegi_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/yaegi"
)

const starters = "```go" + `
func worker(n int, wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(time.Duration(n) * time.Millisecond)
}

type pool struct{}

func (p *pool) run(c chan int) { <-c }
` + "```\n\n```go" + `
var wg sync.WaitGroup
for i := range 2 {
	wg.Add(1)
	go worker(i+1, &wg)
}
for range 2 {
	wg.Go(func() { time.Sleep(time.Millisecond) })
}
wg.Go(func() { time.Sleep(time.Millisecond) })
p, c := &pool{}, make(chan int)
go p.run(c)
c <- 1
done := make(chan bool)
go func() { close(done) }()
<-done
wg.Wait()
` + "```\n"

// TestTimelineNames looks at what the goroutines of a cell are called in its
// timeline: the same under both engines.
func TestTimelineNames(t *testing.T) {
	want := []string{
		"cell", "worker #1 16", "worker #2 16", "line 19 #1 19", "line 19 #2 19", "line 21 21", "pool.run 23", "line 26 26",
	}
	environ := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	env := newEnv(t)
	env.Environ = environ
	for _, engine := range []runner.Engine{yaegi.New(yaegi.Config{}), compiled.New(compiled.Config{Environ: env.Environ})} {
		t.Run(string(engine.ID()), func(t *testing.T) {
			if _, err := engine.Go(t.Context(), env); err != nil {
				t.Skip(err)
			}
			note, _ := notebook.Parse("note.md", []byte(starters))
			var got []string
			r := runner.New([]runner.Engine{engine}, runner.Options{Engine: engine.ID()})
			err := r.Run(t.Context(), note, env, func(e notebook.Event) error {
				if b, ok := e.Body.(notebook.Traced); ok {
					for _, l := range b.Timeline.Lanes {
						name := l.Name
						if l.Line > 0 {
							name += fmt.Sprint(" ", l.Line)
						}
						got = append(got, name)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("lanes (-want +got):\n%s", diff)
			}
		})
	}
}
