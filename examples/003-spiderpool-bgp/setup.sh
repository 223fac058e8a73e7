#!/bin/bash
# The article's commands in the article's order, run on master1.
# The router's part is in router/, the CNI file that every node needs is cni/10-calico.conflist.
set -e

# Install Spiderpool
helm repo add spiderpool https://spidernet-io.github.io/spiderpool
helm repo update spiderpool
helm install spiderpool spiderpool/spiderpool --namespace kube-system --set multus.multusCNI.install=false

# The SpiderIPPool that the Pods use
cat << EOF | kubectl apply -f -
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderIPPool
metadata:
  name: nginx-ippool-v4
  labels:
    ipam.spidernet.io/subnet-cidr: 10-244-0-0-16
spec:
  ips:
    - 10.244.100.0-10.244.200.1
  subnet: 10.244.0.0/16
EOF

kubectl get po -n kube-system | grep spiderpool
kubectl get sp

# Calico needs calico_backend: bird (calico/calico-config.yaml)
kubectl get cm -n kube-system calico-config -o yaml

# Node-to-node mesh off (calico/bgpconfiguration.yaml)
calicoctl patch bgpconfiguration default -p '{"spec": {"nodeToNodeMeshEnabled": false}}'

# Peer with the router
cat << EOF | calicoctl apply -f -
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: my-global-peer
spec:
  peerIP: 172.16.13.1
  asNumber: 23000
EOF

calicoctl node status

# The Calico pool with the CIDR of the Spiderpool subnet
cat << EOF | calicoctl apply -f -
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: spiderpool-ippool
spec:
  blockSize: 26
  cidr: 10.244.0.0/16
  ipipMode: Never
  natOutgoing: false
  nodeSelector: all()
  vxlanMode: Never
EOF

# The application
cat <<EOF | kubectl create -f -
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
spec:
  replicas: 2
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      annotations:
        ipam.spidernet.io/ippool: '{"ipv4":["nginx-ippool-v4"]}'
      labels:
        app: nginx
    spec:
      containers:
        - name: nginx
          image: nginx
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: 80
              protocol: TCP
EOF

kubectl get sp
kubectl get po -o wide
kubectl scale deploy nginx --replicas 3
