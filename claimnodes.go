package notebook

import "github.com/yuin/goldmark/ast"

// The kinds of the nodes of claims and values.
var (
	KindClaim = ast.NewNodeKind("Claim")
	KindValue = ast.NewNodeKind("Value")
)

// A ClaimNode stands for a claim in the tree of a note. Its children are the
// sentence, without the predicate.
type ClaimNode struct {
	ast.BaseBlock
	Claim *Claim
}

// Kind implements ast.Node.
func (*ClaimNode) Kind() ast.NodeKind { return KindClaim }

// Dump implements ast.Node.
func (n *ClaimNode) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Predicate": n.Claim.Text}, nil)
}

// A ValueNode stands for an inline value in the text of a note.
type ValueNode struct {
	ast.BaseInline
	Value *InlineValue
}

// Kind implements ast.Node.
func (*ValueNode) Kind() ast.NodeKind { return KindValue }

// Dump implements ast.Node.
func (n *ValueNode) Dump(src []byte, level int) {
	ast.DumpHelper(n, src, level, map[string]string{"Expression": n.Value.Text}, nil)
}
