#!/bin/bash
# 在路由器上需要做的配置:
ip route add -net 10.200.0.0/16 gw 192.168.1.109
ip route add -net 10.96.0.0/12 gw 192.168.1.109
