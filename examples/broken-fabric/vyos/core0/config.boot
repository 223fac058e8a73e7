interfaces {
    ethernet eth1 {
        address 10.0.10.1/30
        description "tor0"
        mtu 1500
    }
    ethernet eth2 {
        address 10.0.20.1/30
        description "tor1"
        mtu 1500
    }
    ethernet eth3 {
        address 10.0.30.1/30
        description "edge0"
        mtu 9000
    }
    ethernet eth4 {
        address 10.9.0.1/24
        description "out of band"
    }
    loopback lo {
        address 10.255.0.1/32
    }
}
protocols {
    bgp {
        address-family {
            ipv4-unicast {
                network 10.255.0.1/32 {
                }
            }
        }
        neighbor 10.0.20.2 {
            address-family {
                ipv4-unicast {
                }
            }
            remote-as 65020
        }
        neighbor 10.0.30.2 {
            description "edge0"
            remote-as 65030
        }
        neighbor 10.1.10.10 {
            address-family {
                ipv4-unicast {
                }
            }
            ebgp-multihop 3
            remote-as 65010
            update-source 10.255.0.1
        }
        neighbor 10.255.0.10 {
            address-family {
                ipv4-unicast {
                }
            }
            ebgp-multihop 2
            remote-as 65010
            update-source 10.255.0.1
        }
        parameters {
            router-id 10.255.0.1
        }
        system-as 65000
    }
    static {
        route 10.1.10.0/24 {
            next-hop 10.0.10.2 {
            }
        }
        route 10.255.0.10/32 {
            next-hop 10.0.10.2 {
            }
        }
    }
}
system {
    host-name core0
}

// Warning: Do not remove the following line.
// vyos-config-version: "bgp@4:interfaces@32:quagga@11:system@27"
// Release version: 1.4.0
