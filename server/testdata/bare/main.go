// Command bare is the least that Fiber and GORM can do: it opens a database, counts its
// tables, and answers a line to whoever asks. What Mend's start takes is held against it.
package main

import (
	"fmt"
	"os"

	"github.com/gofiber/fiber/v2"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func main() {
	db, err := gorm.Open(sqlite.Open(os.Args[2]), &gorm.Config{})
	if err == nil {
		err = db.Exec("SELECT count(*) FROM sqlite_master").Error
	}
	if err == nil {
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		app.Get("/", func(c *fiber.Ctx) error { return c.SendString("Here.") })
		err = app.Listen(os.Args[1])
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
