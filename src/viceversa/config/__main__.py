from viceversa.config.cli import main

main(prog_name="viceversa")
