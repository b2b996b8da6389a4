package yaegi_test

import (
	"strings"
	"testing"

	"notebook/runner/yaegi"
)

// Deadlocks of interpreted code are found also where Go's runtime finds none:
// in a binary with cgo, and while a signal is waited for. The notes of TestNotes
// tell more of what is shown of them.
func TestDeadlock(t *testing.T) {
	got := goroutine.ReplaceAllString(runNote(t, yaegi.Config{}, `
~~~go
//| expect: deadlock
c := make(chan int)
fmt.Println("before")
<-c
~~~

~~~go
fmt.Println("after")
~~~
`), "goroutine N")
	lines := strings.Split(got, "\n")
	want := []string{"cell-1:", "  stdout: before", "  error: dir/note.md:6:0: all goroutines are asleep - deadlock!", "    | goroutine N [chan receive]:", "    |   note.md:6", "  deadlock", "cell-2:", "  stdout: after", "  ok", ""}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}
