#!/bin/bash
# On a machine of the development network, or better on its router
# Pod IP
ip route add 10.20.0.0/16 via 172.16.0.13
# Service IP
ip route add 10.254.0.0/16 via 172.16.0.13
