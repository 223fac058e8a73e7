interfaces {
    ethernet eth1 {
        address 10.0.30.2/30
        description "core0"
        mtu 1500
    }
    ethernet eth2 {
        address 10.0.31.1/30
        description "tor1"
        mtu 1500
    }
    ethernet eth4 {
        address 10.9.0.1/24
        description "out of band"
    }
    loopback lo {
        address 10.255.0.30/32
    }
}
protocols {
    bgp {
        address-family {
            ipv4-unicast {
                network 10.255.0.30/32 {
                }
            }
        }
        neighbor 10.0.30.1 {
            address-family {
                ipv4-unicast {
                }
            }
            remote-as 65000
        }
        neighbor 10.0.31.2 {
            address-family {
                ipv4-unicast {
                }
            }
            remote-as 65020
        }
        parameters {
            router-id 10.255.0.30
        }
        system-as 65030
    }
}
system {
    host-name edge0
}

// Warning: Do not remove the following line.
// vyos-config-version: "bgp@4:interfaces@32:quagga@11:system@27"
// Release version: 1.4.0
