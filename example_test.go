package notebook_test

import (
	"fmt"
	"slices"

	"notebook"
)

func ExampleParse() {
	src := "# Channels\n\n```go {#closed timeout=5s}\n//| expct: panic\nclose(c)\n```\n"
	note, diagnostics := notebook.Parse("channels.md", []byte(src))
	fmt.Println(note.Title())
	for _, cell := range note.Cells {
		fmt.Printf("%s: lines %d to %d\n", cell.Label, cell.Line, cell.EndLine)
	}
	for _, d := range diagnostics {
		fmt.Println(d)
	}
	// Output:
	// Channels
	// closed: lines 5 to 5
	// channels.md:4:5: unknown option "expct"
	// hint: did you mean expect?
}

func ExampleFold() {
	note, _ := notebook.Parse("a.md", []byte("```go\nfmt.Println(1)\n```\n"))
	events := []notebook.Event{
		{Cell: "cell-1", Engine: "compiled", Body: notebook.Started{Line: 2, EndLine: 2}},
		{Cell: "cell-1", Engine: "compiled", Body: notebook.Written{Stream: notebook.Stdout, Data: []byte("1\n")}},
		{Cell: "cell-1", Engine: "compiled", Body: notebook.Finished{Outcome: notebook.OK, Expected: true}},
	}
	result := notebook.Fold(note, slices.Values(events))
	for _, run := range result.Cells["cell-1"] {
		fmt.Printf("%s: %s, wrote %q\n", run.Engine, run.Outcome(), run.Outputs[0].Data)
	}
	// Output:
	// compiled: ok, wrote "1\n"
}
