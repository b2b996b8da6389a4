package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"notebook/cmd/notebook/internal/input"
)

// A usageError says that a command was not called as it can be.
type usageError struct {
	text, hint string
}

func (e *usageError) Error() string { return "notebook: " + e.text }

// Hint returns the next step for the user.
func (e *usageError) Hint() string { return e.hint }

// flagError turns an error of the flag parser into one that names the next
// step.
func flagError(cmd *cobra.Command, err error) error {
	usage := &usageError{text: err.Error()}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		usage.hint = "flags of " + cmd.CommandPath() + ": " + strings.Join(flagNames(cmd), " ")
		if argument := "-" + unknown.GetSpecifiedShortnames(); input.IsNote(argument) {
			usage.hint = "a note whose name begins with - is written ./" + argument
		}
	}
	return usage
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// misspelled returns an error when the argument is no file but nearly the name
// of a command.
func misspelled(root *cobra.Command, argument string) error {
	if _, err := os.Lstat(argument); err == nil {
		return nil
	}
	for _, name := range root.SuggestionsFor(argument) {
		return &usageError{
			text: argument + " is neither a command nor a file",
			hint: "did you mean notebook " + name + "?",
		}
	}
	return nil
}

// knownCommand refuses the name of something else than a command.
func knownCommand(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err == nil && len(rest) == 0 {
		return nil
	}
	usage := &usageError{text: fmt.Sprintf("there is no command %q", strings.Join(args, " "))}
	if found == nil {
		found = cmd.Root()
	}
	for _, name := range found.SuggestionsFor(args[len(args)-1]) {
		usage.hint = "did you mean notebook help " + name + "?"
		break
	}
	return usage
}

// notesNeeded refuses a command without an argument.
func notesNeeded(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return &usageError{text: cmd.Name() + " needs a note or a folder", hint: "for example: " + cmd.CommandPath() + " note.md"}
}

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{text: fmt.Sprintf("%s takes no argument, not %q", cmd.Name(), args[0])}
}
