package yaegi_test

import (
	"strings"
	"testing"

	"notebook/runner/yaegi"
)

// Go finds deadlocks of interpreted code as it does those of its own, in a
// binary without cgo; with cgo the time limit ends them.
func TestDeadlock(t *testing.T) {
	got := runNote(t, yaegi.Config{}, `
~~~go
//| expect: [deadlock, timeout]
//| timeout: 500ms
c := make(chan int)
fmt.Println("before")
<-c
~~~

~~~go
fmt.Println("after")
~~~
`)
	lines := strings.Split(got, "\n")
	want := []string{"cell-1:", "  stdout: before", deadlockMessage, deadlockOutcome, "cell-2:", "  stdout: after", "  ok", ""}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}
