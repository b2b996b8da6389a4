package links

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"notebook"
	"notebook/renderer"
)

const (
	largePicture = 2 << 20              // bytes above which a picture is worth a warning
	maxPicture   = renderer.MaxPictures // bytes above which a picture is not read
)

var errOutside = errors.New("it lies outside the folder of the notes")

// pictureTypes are the kinds of pictures that browsers show, by the extension
// of a file.
var pictureTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".svg": "image/svg+xml", ".bmp": "image/bmp", ".ico": "image/x-icon",
}

func isPicture(name string) bool { return pictureTypes[strings.ToLower(path.Ext(name))] != "" }

// image reads the picture of ![text](destination).
func (r *resolver) image(link notebook.Link) {
	target, err := url.Parse(link.Destination)
	switch {
	case err != nil:
		r.warn(link, escapeHint, "the picture %q is no address", link.Destination)
	case target.Scheme == "data":
	case !notebook.IsHarmless(link.Destination): // Parse has warned
	case isRemote(target):
		r.warn(link, "save the picture beside the note", "the picture is not on this machine: pages load nothing, so it becomes a link")
	default:
		r.picture(link, target.Path)
	}
}

// picture reads a local picture into the assets.
func (r *resolver) picture(link notebook.Link, name string) {
	if known, ok := r.assets.Images[link.Destination]; ok {
		r.embed(link, name, known)
		return
	}
	data, err := r.read(name)
	if err != nil {
		hint := ""
		if errors.Is(err, errOutside) {
			hint = "render the folder that holds the note and the picture, or move the picture"
		}
		r.warn(link, hint, "the picture %s cannot be shown: %v", name, err)
		return
	}
	mime := pictureType(name, data)
	if mime == "" {
		r.warn(link, "", "the picture %s cannot be shown: it is not a picture that browsers know", name)
		return
	}
	if len(data) > largePicture {
		r.warn(link, "make it smaller", "the picture %s makes the page %.1f MB larger", name, float64(len(data))/(1<<20))
	}
	r.assets.Images[link.Destination] = renderer.Image{MIME: mime, Data: data}
	r.embed(link, name, r.assets.Images[link.Destination])
}

// embed counts a picture as the page does, which names those that do not fit.
func (r *resolver) embed(link notebook.Link, name string, picture renderer.Image) {
	if len(picture.Data) > renderer.MaxPictures-r.pictures {
		r.warn(link, "make the pictures smaller, or show them once", "the picture %s is left out: the pictures of a page may have %d MB in all",
			name, renderer.MaxPictures>>20)
		return
	}
	r.pictures += len(picture.Data)
}

// read reads a file of the folder of the notes, and of nowhere else.
func (r *resolver) read(name string) (_ []byte, err error) {
	rel, err := filepath.Rel(r.from.File.Root, r.local(name))
	if err != nil || !filepath.IsLocal(rel) {
		return nil, errOutside
	}
	root, err := os.OpenRoot(r.from.File.Root)
	if err != nil {
		return nil, reason(err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	info, err := root.Stat(rel)
	switch {
	case err != nil:
		return nil, reason(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a regular file")
	case info.Size() > maxPicture:
		return nil, fmt.Errorf("it is larger than %d MB", maxPicture>>20)
	}
	file, err := root.Open(rel)
	if err != nil {
		return nil, reason(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return io.ReadAll(io.LimitReader(file, maxPicture))
}

// reason drops the operation and the path of an error of package os.
func reason(err error) error {
	e, ok := errors.AsType[*fs.PathError](err)
	switch {
	case !ok:
		return err
	case strings.Contains(e.Err.Error(), "escapes"):
		return errOutside
	}
	return e.Err
}

// pictureType returns the MIME type that content and name agree on, or "".
func pictureType(name string, data []byte) string {
	byName := pictureTypes[strings.ToLower(path.Ext(name))]
	sniffed := http.DetectContentType(data)
	switch {
	case strings.HasPrefix(sniffed, "image/"):
		return sniffed
	case byName == "image/svg+xml" && bytes.Contains(data, []byte("<svg")):
		return byName
	case byName == "image/avif" && bytes.Contains(data[:min(32, len(data))], []byte("ftypavif")):
		return byName
	}
	return ""
}
