#!/bin/bash
# (可选)如配置失误可删除已设置的snat条目
iptables -t nat -D POSTROUTING 4
