package notebook

import "github.com/yuin/goldmark/ast"

// The kinds of the nodes that this package adds to goldmark's.
var (
	KindCell    = ast.NewNodeKind("Cell")
	KindCallout = ast.NewNodeKind("Callout")
	KindTag     = ast.NewNodeKind("Tag")
	KindMark    = ast.NewNodeKind("Mark")
)

// A CellNode stands for a cell in the tree of a note.
type CellNode struct {
	ast.BaseBlock
	Cell *Cell
}

// Kind implements ast.Node.
func (*CellNode) Kind() ast.NodeKind { return KindCell }

// Dump implements ast.Node.
func (n *CellNode) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Label": n.Cell.Label}, nil)
}

// IsRaw implements ast.Node: the text of a cell is not Markdown.
func (*CellNode) IsRaw() bool { return true }

// A Callout is a block quote that begins with [!kind]. Its children are its
// content; a *CalloutTitle comes first when the author wrote a title.
type Callout struct {
	ast.BaseBlock
	Name string      // note, tip, warning, ...; lower case
	Fold CalloutFold // from the sign after [!kind]
}

// CalloutFold says whether a callout folds.
type CalloutFold string

// The values of CalloutFold.
const (
	CalloutPlain  CalloutFold = ""
	CalloutOpen   CalloutFold = "+"
	CalloutClosed CalloutFold = "-"
)

// Kind implements ast.Node.
func (*Callout) Kind() ast.NodeKind { return KindCallout }

// Dump implements ast.Node.
func (n *Callout) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Name": n.Name}, nil)
}

// A CalloutTitle holds the inline content of a callout's title.
type CalloutTitle struct{ ast.BaseBlock }

// KindCalloutTitle is the kind of a CalloutTitle.
var KindCalloutTitle = ast.NewNodeKind("CalloutTitle")

// Kind implements ast.Node.
func (*CalloutTitle) Kind() ast.NodeKind { return KindCalloutTitle }

// Dump implements ast.Node.
func (n *CalloutTitle) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// A Tag is an Obsidian #tag in the text.
type Tag struct {
	ast.BaseInline
	Name string // without the number sign
}

// Kind implements ast.Node.
func (*Tag) Kind() ast.NodeKind { return KindTag }

// Dump implements ast.Node.
func (n *Tag) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Name": n.Name}, nil)
}

// A Mark is ==highlighted== text.
type Mark struct{ ast.BaseInline }

// Kind implements ast.Node.
func (*Mark) Kind() ast.NodeKind { return KindMark }

// Dump implements ast.Node.
func (n *Mark) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }
