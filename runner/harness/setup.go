package harness

import "notebook"

// A Setup says what a process belongs to and how it is looked at.
type Setup struct {
	// Note gives the places of problems; sinks get no note.
	Note *notebook.Note
	// Names are the names of the note by those that lowering generated, which
	// the running program may show. nil: none was generated.
	Names map[string]string
	// MaxOutput bounds what is kept of the output of each cell; 0 means
	// [DefaultMaxOutput].
	MaxOutput notebook.Size
	// KeepTrace takes the execution trace of each run that is recorded; nil:
	// nobody wants it. Its error is one of the sink.
	KeepTrace func(cell string, trace []byte) error
}
