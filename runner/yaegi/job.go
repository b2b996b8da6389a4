package yaegi

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A job is what a worker has to do.
type job struct {
	Kind     jobKind
	Cells    []jobCell // of the session
	Programs []jobCell // one, or all of them to check
}

type jobKind string

const (
	checkJob   jobKind = "check"   // compile the programs and report what is wrong
	sessionJob jobKind = "session" // compile the cells, report, and run those that the harness asks for
	programJob jobKind = "program" // run the program
)

// A jobCell is a translated cell.
type jobCell struct {
	Label  string
	Func   string // of a session cell; "" without statements
	Source string
}

// A worker is known by its folder: the program that started it is linked
// there, beside its job. So a program that starts itself again, by the name
// under which it was started, does the same job.
const (
	folderSuffix = ".yaegi"
	jobFile      = "job.json"
	panicFile    = "panic"
)

// place makes the folder of a job and returns the path of the executable to
// start.
func (j *job) place(temp, executable, name string) (path string, err error) {
	dir, err := os.MkdirTemp(temp, "*"+folderSuffix)
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, name)
	data, err := json.Marshal(j)
	if err == nil {
		err = errors.Join(writeFile(filepath.Join(dir, jobFile), data), os.Symlink(executable, path))
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}

// writeFile writes a file that nobody reads before it is whole.
func writeFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// workerFolder returns the folder of the job of a process with that name, or
// false where it is no worker.
func workerFolder(arg0 string) (string, bool) {
	dir := filepath.Dir(arg0)
	return dir, strings.HasSuffix(dir, folderSuffix)
}

func readJob(dir string) (*job, error) {
	data, err := os.ReadFile(filepath.Join(dir, jobFile))
	if err != nil {
		return nil, err
	}
	var j job
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, fmt.Errorf("%s: %w", jobFile, err)
	}
	return &j, nil
}
