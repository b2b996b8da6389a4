//go:build !notebook_plain

package inside

func (*session) listen() {}
