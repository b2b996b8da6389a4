package notebook

import (
	"fmt"
	"testing"
)

func TestSmoke(t *testing.T) {
	n, ds := Parse("x.md", []byte("\xEF\xBB\xBF---\r\ntitle: Hi\r\nexecute:\r\n  timeout: 3s\r\n  evl: false\r\n---\r\n# T\r\n\r\n- a\r\n\r\n\t```go {#lab timeout=5s}\r\n\t//| expect: panic \"x\"\r\n\t//| mark: [1, 2-3]\r\n\tx := 1\r\n\t\ty := 2\r\n\t// Output: 5\r\n\t```\r\n\r\n> ~~~{go no_run}\r\n> a\r\n> ...\r\n\r\n```go\nfunc f(a ...int) {}\n```\n```{python}\nx\n```\n```go expct=2 {bla=3}\n```\n"))
	for _, d := range ds {
		fmt.Println(d)
	}
	for _, c := range n.Cells {
		fmt.Printf("%+v\n", c)
		if c.Check != nil {
			fmt.Printf("%+v %q\n", c.Check, c.CodeWithoutCheck())
		}
	}
	fmt.Printf("%+v\n", n.Meta)
}
