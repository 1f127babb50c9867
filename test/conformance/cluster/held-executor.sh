# Stands in for an executor's process: the player of a recording speaks to the agent in its place, and tells it here when
# to end. The pipe is held open for both ways, so that no order is lost between two of them.
mkfifo orders
exec 3<>orders
while read -r order <&3; do eval "$order"; done
