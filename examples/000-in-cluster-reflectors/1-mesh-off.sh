#!/bin/bash
# The article's way where no BGPConfiguration exists yet; it warns that the network may be down until step 2 is done.
calicoctl get bgpconfig default

cat << EOF | calicoctl create -f -
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Info
  nodeToNodeMeshEnabled: false
  asNumber: 63400
EOF
