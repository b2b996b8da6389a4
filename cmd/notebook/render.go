package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"notebook"
	"notebook/cmd/notebook/internal/input"
	"notebook/cmd/notebook/internal/output"
	"notebook/renderer"
)

// renderOptions are the flags of render.
type renderOptions struct {
	runOptions
	output string
	open   bool
	noExec bool
}

func (o *renderOptions) register(cmd *cobra.Command, a *app) {
	o.runOptions.register(cmd, a)
	flags := cmd.Flags()
	flags.StringVarP(&o.output, "output", "o", "", "write to this `path`: a page when it ends with .html, else a folder")
	flags.BoolVar(&o.open, "open", false, "show the page in the browser")
	flags.BoolVar(&o.noExec, "no-exec", false, "run nothing: the page shows the code only")
}

const renderHelp = `Render runs notes and writes a page for each.

The page of a note stands beside it, the pages of a folder in its folder _site.
In folders, names that begin with . or _, node_modules, vendor and what
.gitignore lists are skipped. The paths of the pages are printed.

A page is written even where cells fail, and it is one file that needs no
other. An older page stays as it is until the new one is whole.`

const renderExamples = `  notebook render concurrency.md              writes concurrency.html
  notebook render notes                       writes notes/_site/
  notebook render notes -o public             writes public/
  notebook render --open concurrency.md       and shows it
  notebook render --no-exec strangers-note.md runs nothing`

func newRenderCommand(a *app) *cobra.Command {
	var o renderOptions
	cmd := &cobra.Command{
		Use:               "render note.md|folder ...",
		Short:             "Run notes and write their pages (the default)",
		Long:              renderHelp,
		Example:           renderExamples,
		Args:              notesNeeded,
		ValidArgsFunction: completeNotes,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.render(cmd.Context(), args, &o) },
	}
	o.register(cmd, a)
	return cmd
}

func (a *app) render(ctx context.Context, args []string, o *renderOptions) error {
	jobs, err := a.readForPages(args, o.output)
	if err != nil || len(jobs) == 0 {
		return err
	}
	pages := make([]output.Page, len(jobs))
	for i, j := range jobs {
		pages[i] = j.page
	}
	writer, err := output.Open(pages)
	if err != nil {
		return err
	}
	defer func() { a.failIf(writer.Close()) }()
	leave, err := a.enter(&o.runOptions)
	if err != nil {
		return err
	}
	defer leave()
	for _, j := range jobs {
		a.failIf(a.renderNote(ctx, j, o, writer))
		if ctx.Err() != nil {
			return nil
		}
	}
	a.tellTotal(a.notes, "as expected")
	if o.open {
		return openInBrowser(frontPage(pages).Path())
	}
	return nil
}

// readForPages reads the notes, decides where their pages go and follows their
// links.
func (a *app) readForPages(args []string, target string) ([]*job, error) {
	skip := ""
	if target != "" && !output.IsPage(target) {
		path, err := filepath.Abs(target)
		if err != nil {
			return nil, err
		}
		skip = path
	}
	jobs, err := a.read(args, skip)
	if err != nil || len(jobs) == 0 {
		return nil, err
	}
	files := make([]input.File, len(jobs))
	for i, j := range jobs {
		files[i] = j.file
	}
	pages, err := output.Plan(files, target)
	if err != nil {
		return nil, &usageError{text: err.Error()}
	}
	for i, j := range jobs {
		j.page = pages[i]
	}
	return jobs, resolve(jobs)
}

// renderNote runs a note and writes its page, unless it was interrupted.
func (a *app) renderNote(ctx context.Context, j *job, o *renderOptions, writer *output.Writer) error {
	a.diagnose(j)
	var result *notebook.Result
	if !o.noExec {
		var err error
		result = notebook.Fold(j.note, func(yield func(notebook.Event) bool) { // no event is kept
			err = a.execute(ctx, j, &o.runOptions, func(e notebook.Event) error {
				yield(e)
				return nil
			})
		})
		if err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	err := writer.Write(j.page, func(w io.Writer) error { return renderer.New().Page(w, j.note, result, j.assets) })
	if err != nil {
		return err
	}
	return a.console.Result(j.page.Path())
}

// frontPage returns the page to look at first.
func frontPage(pages []output.Page) output.Page {
	return pages[max(0, slices.IndexFunc(pages, func(p output.Page) bool { return p.Rel == "index.html" }))]
}
