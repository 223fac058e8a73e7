#!/bin/bash
# The node that forwards; the article takes the master, 192.168.1.109
kubectl taint nodes k8s-master forward=k8s-node5:NoSchedule

# 开启转发
cat > /etc/sysctl.d/k8s.conf <<EOF
net.ipv4.ip_forward = 1
EOF
sysctl -p

# 在k8s-master上设置snat
iptables -t nat -A POSTROUTING -s 10.200.0.0/16 -d 10.1.3.0/24 -j MASQUERADE
iptables -t nat -A POSTROUTING -s 10.96.0.0/12 -d 110.1.3.0/24 -j MASQUERADE
