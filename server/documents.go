package main

import (
	"fmt"
	"io"

	"mend/internal/web"
)

type openapiCmd struct{}

func (openapiCmd) Run(out io.Writer) error {
	document, err := web.OpenAPI()
	return printed(out, document, err)
}

type asyncapiCmd struct{}

func (asyncapiCmd) Run(out io.Writer) error {
	document, err := web.AsyncAPI()
	return printed(out, document, err)
}

func printed(out io.Writer, document []byte, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n", document)
	return err
}
