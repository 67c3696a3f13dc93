"""Sets the letters whose facts stand in a file, a line of JSON each, by Typst as tagged PDF/UA-1 on one core.
Prints the processor seconds they took, their pages, and their bytes."""
import os, sys, time
import typst

template, facts, fonts = sys.argv[1:]
compiler = typst.Compiler(template, root=os.path.dirname(template), font_paths=[fonts], ignore_system_fonts=True)
lines = open(facts, encoding="utf-8").read().splitlines()

def letter(line):
    return compiler.compile(format="pdf", sys_inputs={"facts": line}, pdf_standards=["ua-1"])

for line in lines[:3]:
    letter(line)
started = time.process_time()
pdfs = [letter(line) for line in lines]
seconds = time.process_time() - started
# The page tree is packed; its pages are counted by a second, unmeasured run as pictures of the first letter.
pages = len(compiler.compile(format="png", ppi=10, sys_inputs={"facts": lines[0]}))
print(seconds, pages, sum(map(len, pdfs)))
