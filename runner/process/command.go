package process

import (
	"io"
	"os"
)

// A Command says what to run. The zero value is not runnable: Path is needed.
type Command struct {
	Path string   // of the executable; not searched for
	Args []string // without the name of the program
	Dir  string   // working directory; "" is this program's
	Env  []string // the whole environment, as "KEY=value"; nil is an empty one
	// Stdin is the child's input; nil is the null device. A file is handed
	// over, anything else is copied by a goroutine: its Read must not block.
	Stdin io.Reader
	// ExtraFiles become the child's descriptors 3, 4, and so on. They stay
	// open here. Not supported on Windows.
	ExtraFiles []*os.File
	Limits     Limits
}

// Limits bound what a child may use. They are set right after its start and
// hold for the processes that it starts too, each for itself. The zero value
// limits nothing.
type Limits struct {
	Memory   int64 // bytes of data, RLIMIT_DATA
	FileSize int64 // bytes of one file, RLIMIT_FSIZE
}
