#!/bin/sh
# A CUPS backend that prints into a folder: job, user, title, copies, options [, file]. DEVICE_URI is shelf:FOLDER.
[ $# -eq 0 ] && { echo 'direct shelf "Unknown" "A shelf for paper"'; exit 0; }
folder="${DEVICE_URI#shelf:}"
umask 022
printf '%s\n' "$1" "$2" "$3" "$4" "$5" > "$folder/$1.job"
# Under its own name only when it is whole, since a test waits for that.
cat ${6:+"$6"} > "$folder/$1.part" && mv "$folder/$1.part" "$folder/$1.pdf"
