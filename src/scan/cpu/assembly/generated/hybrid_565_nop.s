# Written by crates/kernel-gen; not to be edited.
movl $10,%eax
kmovw %eax,%k2
leaq 1600(%rdi),%r8
leaq 3584(%rdi),%r9
leaq 5568(%rdi),%r10
leaq 7552(%rdi),%r11
.p2align 6
2:
vmovdqa 16(%rdi),%xmm1
nop
vmovdqa 32(%rdi),%xmm2
vpaddd 896(%r10){1to4},%xmm1,%xmm1{%k2}
vmovdqa64 -512(%rdi),%zmm13
vpaddd 448(%rdi){1to16},%zmm13,%zmm14
vmovdqa 16(%rdi),%xmm3
nop
vmovdqa 32(%rdi),%xmm4
vpaddd 900(%r10){1to4},%xmm3,%xmm3{%k2}
vprord $8,%zmm14,%zmm15
vprord $24,%zmm14,%zmm16
vpbroadcastd 452(%rdi),%zmm17
vmovdqa 16(%rdi),%xmm5
nop
vmovdqa 32(%rdi),%xmm6
vpaddd 904(%r10){1to4},%xmm5,%xmm5{%k2}
vpternlogd $0xca,%zmm16,%zmm15,%zmm17
vpcmpud $2,456(%rdi){1to16},%zmm17,%k1
kmovw %k1,0(%rdx)
vmovdqa64 -448(%rdi),%zmm18
vmovdqa 16(%rdi),%xmm7
nop
vmovdqa 32(%rdi),%xmm8
vpaddd 908(%r10){1to4},%xmm7,%xmm7{%k2}
vpaddd 448(%rdi){1to16},%zmm18,%zmm19
vprord $8,%zmm19,%zmm20
vprord $24,%zmm19,%zmm21
vmovdqa 16(%rdi),%xmm9
nop
vmovdqa 32(%rdi),%xmm10
vpaddd 912(%r10){1to4},%xmm9,%xmm9{%k2}
vpbroadcastd 452(%rdi),%zmm22
vpternlogd $0xca,%zmm21,%zmm20,%zmm22
vpcmpud $2,456(%rdi){1to16},%zmm22,%k1
kmovw %k1,2(%rdx)
vmovq -1024(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -768(%rdi),%ymm23
vmovdqa64 -736(%rdi),%ymm24
vmovdqa64 -704(%rdi),%ymm25
vmovq -1016(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -672(%rdi),%ymm26
vpunpckldq %ymm24,%ymm23,%ymm27
vpunpckldq %ymm26,%ymm25,%ymm28
vmovq -992(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm24,%ymm23,%ymm29
vpunpckhdq %ymm26,%ymm25,%ymm30
vpunpcklqdq %ymm28,%ymm27,%ymm31
vmovq -984(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhqdq %ymm28,%ymm27,%ymm13
vpunpcklqdq %ymm30,%ymm29,%ymm14
vpunpckhqdq %ymm30,%ymm29,%ymm15
vmovq -1008(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 436(%rdi){1to8},%ymm31,%ymm16
vmovdqa64 %ymm16,-1984(%rdi)
vpaddd 432(%rdi){1to8},%ymm13,%ymm17
vmovq -960(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm17,-2048(%rdi)
vpaddd 420(%rdi){1to8},%ymm14,%ymm18
vmovdqa64 %ymm18,-2240(%rdi)
vmovq -952(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 416(%rdi){1to8},%ymm15,%ymm19
vmovdqa64 %ymm19,-2304(%rdi)
vmovdqa64 %ymm19,896(%r11)
vmovq -928(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -640(%rdi),%ymm20
vmovdqa64 -608(%rdi),%ymm21
vmovdqa64 -576(%rdi),%ymm22
vmovq -920(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 -544(%rdi),%ymm23
vpunpckldq %ymm21,%ymm20,%ymm24
vpunpckldq %ymm23,%ymm22,%ymm25
vmovq -944(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpunpckhdq %ymm21,%ymm20,%ymm26
vpunpckhdq %ymm23,%ymm22,%ymm27
vpunpcklqdq %ymm25,%ymm24,%ymm28
vmovq -896(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpunpckhqdq %ymm25,%ymm24,%ymm29
vpunpcklqdq %ymm27,%ymm26,%ymm30
vpunpckhqdq %ymm27,%ymm26,%ymm31
vmovq -888(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd 444(%rdi){1to8},%ymm28,%ymm13
vmovdqa64 %ymm13,-1856(%rdi)
vpaddd 440(%rdi){1to8},%ymm29,%ymm14
vmovq -864(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm14,-1920(%rdi)
vpaddd 428(%rdi){1to8},%ymm30,%ymm15
vmovdqa64 %ymm15,-2112(%rdi)
vmovq -856(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 424(%rdi){1to8},%ymm31,%ymm19
vmovdqa64 %ymm19,-2176(%rdi)
vpaddd 52(%rdi){1to8},%ymm18,%ymm20
vmovq -880(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 56(%rdi){1to8},%ymm19,%ymm21
vpunpckldq %ymm21,%ymm20,%ymm22
movl 460(%rdi),%eax
addl $8,460(%rdi)
bswapl %eax
vpbroadcastd %eax,%ymm23
vmovq -832(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd 464(%rdi),%ymm23,%ymm24
vmovdqa64 %ymm24,896(%r9)
vmovdqa64 %ymm22,-1024(%r11)
vmovq -824(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm21,%ymm20,%ymm25
vmovdqa64 %ymm25,-992(%r11)
vmovq -800(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm24,-3136(%rdi)
vmovdqa64 -3136(%rdi),%ymm26
vprord $7,%ymm26,%ymm27
vmovq -792(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 60(%rdi){1to8},%ymm15,%ymm28
vpaddd 64(%rdi){1to8},%ymm17,%ymm29
vpunpckldq %ymm29,%ymm28,%ymm30
vmovq -816(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $18,%ymm26,%ymm31
vpsrld $3,%ymm26,%ymm18
vpxord %ymm31,%ymm27,%ymm19
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm30,-960(%r11)
vpunpckhdq %ymm29,%ymm28,%ymm23
vmovdqa64 %ymm23,-928(%r11)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm18,%ymm19,%ymm22
vpaddd -88(%rdi){1to8},%ymm22,%ymm20
vmovdqa64 %ymm20,-3200(%rdi)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd 68(%rdi){1to8},%ymm16,%ymm21
vpaddd 72(%rdi){1to8},%ymm14,%ymm25
vpunpckldq %ymm25,%ymm21,%ymm24
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -3136(%rdi),%ymm15
vpaddd -84(%rdi){1to8},%ymm15,%ymm17
vmovdqa64 %ymm17,-3136(%rdi)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm24,-896(%r11)
vpunpckhdq %ymm25,%ymm21,%ymm26
vmovdqa64 %ymm26,-864(%r11)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -280(%rdi){1to8},%ymm20,%ymm27
vpaddd -276(%rdi){1to8},%ymm17,%ymm31
vpunpckldq %ymm31,%ymm27,%ymm30
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 76(%rdi){1to8},%ymm13,%ymm28
vpbroadcastd 80(%rdi),%ymm29
vpunpckldq %ymm29,%ymm28,%ymm23
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm30,-576(%r9)
vpunpckhdq %ymm31,%ymm27,%ymm19
vmovdqa64 %ymm19,-544(%r9)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm23,-832(%r11)
vpunpckhdq %ymm29,%ymm28,%ymm18
vmovdqa64 %ymm18,-800(%r11)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm20,%ymm22
vprord $19,%ymm20,%ymm16
vpsrld $10,%ymm20,%ymm14
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -2240(%rdi),%ymm15
vprord $7,%ymm15,%ymm24
vprord $18,%ymm15,%ymm21
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm16,%ymm22,%ymm25
vpxord %ymm14,%ymm25,%ymm26
vpaddd -80(%rdi){1to8},%ymm26,%ymm13
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $3,%ymm15,%ymm30
vpxord %ymm21,%ymm24,%ymm27
vpxord %ymm30,%ymm27,%ymm31
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm13,-3072(%rdi)
vprord $17,%ymm17,%ymm19
vprord $19,%ymm17,%ymm23
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -2304(%rdi),%ymm31,%ymm28
vmovdqa64 %ymm28,-2304(%rdi)
vpbroadcastd 108(%rdi),%ymm29
vmovq -576(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm17,%ymm18
vpxord %ymm23,%ymm19,%ymm20
vpxord %ymm18,%ymm20,%ymm22
vmovq -568(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 112(%rdi){1to8},%ymm28,%ymm16
vpunpckldq %ymm16,%ymm29,%ymm25
vmovdqa64 %ymm25,-576(%r11)
vmovq -544(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm22,-3008(%rdi)
vpaddd -272(%rdi){1to8},%ymm13,%ymm14
vmovq -536(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -268(%rdi){1to8},%ymm22,%ymm26
vpunpckhdq %ymm16,%ymm29,%ymm15
vmovdqa64 %ymm15,-544(%r11)
vmovq -560(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 -2176(%rdi),%ymm24
vpunpckldq %ymm26,%ymm14,%ymm21
vmovdqa64 %ymm21,-512(%r9)
vmovq -512(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpunpckhdq %ymm26,%ymm14,%ymm27
vprord $7,%ymm24,%ymm30
vprord $18,%ymm24,%ymm31
vmovq -504(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm24,%ymm17
vmovdqa64 %ymm27,-480(%r9)
vprord $17,%ymm13,%ymm19
vmovq -480(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm13,%ymm23
vpxord %ymm31,%ymm30,%ymm20
vpxord %ymm17,%ymm20,%ymm18
vmovq -472(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2240(%rdi),%ymm18,%ymm25
vpsrld $10,%ymm13,%ymm29
vpxord %ymm23,%ymm19,%ymm16
vmovq -496(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm29,%ymm16,%ymm15
vpaddd 308(%rdi){1to8},%ymm25,%ymm21
vmovdqa64 %ymm21,-2240(%rdi)
vmovq -448(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -2112(%rdi),%ymm14
vprord $7,%ymm14,%ymm26
vprord $18,%ymm14,%ymm24
vmovq -440(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm14,%ymm27
vpaddd -72(%rdi){1to8},%ymm15,%ymm30
vmovdqa64 %ymm30,-2944(%rdi)
vmovq -416(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm22,%ymm31
vpxord %ymm24,%ymm26,%ymm20
vpxord %ymm27,%ymm20,%ymm17
vmovq -408(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm28,%ymm18
vprord $19,%ymm22,%ymm13
vpsrld $10,%ymm22,%ymm19
vmovq -432(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm13,%ymm31,%ymm23
vprord $19,%ymm28,%ymm16
vpsrld $10,%ymm28,%ymm29
vmovq -384(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm16,%ymm18,%ymm25
vpxord %ymm19,%ymm23,%ymm14
vpaddd -68(%rdi){1to8},%ymm14,%ymm15
vmovq -376(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm15,-2880(%rdi)
vpxord %ymm29,%ymm25,%ymm26
vpaddd -2176(%rdi),%ymm17,%ymm24
vmovq -352(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm26,%ymm24,%ymm20
vpaddd -264(%rdi){1to8},%ymm30,%ymm27
vpaddd -260(%rdi){1to8},%ymm15,%ymm22
vmovq -344(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckldq %ymm22,%ymm27,%ymm31
vmovdqa64 %ymm20,-2176(%rdi)
vpaddd 116(%rdi){1to8},%ymm21,%ymm13
vmovq -368(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 120(%rdi){1to8},%ymm20,%ymm28
vmovdqa64 %ymm31,-448(%r9)
vpunpckhdq %ymm22,%ymm27,%ymm18
vmovq -320(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm18,-416(%r9)
vpunpckldq %ymm28,%ymm13,%ymm16
vmovdqa64 %ymm16,-512(%r11)
vmovq -312(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm28,%ymm13,%ymm23
vprord $17,%ymm30,%ymm19
vprord $19,%ymm30,%ymm14
vmovq -288(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm30,%ymm25
vmovdqa64 %ymm23,-480(%r11)
vmovdqa64 -2048(%rdi),%ymm29
vmovq -280(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm29,%ymm17
vpxord %ymm14,%ymm19,%ymm24
vpxord %ymm25,%ymm24,%ymm26
vmovq -304(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -64(%rdi){1to8},%ymm26,%ymm31
vprord $18,%ymm29,%ymm27
vmovq -256(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm29,%ymm22
vpxord %ymm27,%ymm17,%ymm18
vmovdqa64 %ymm31,-2816(%rdi)
vmovq -248(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm15,%ymm16
vprord $19,%ymm15,%ymm13
vpxord %ymm22,%ymm18,%ymm28
vmovq -224(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm21,%ymm30
vprord $19,%ymm21,%ymm23
vpsrld $10,%ymm15,%ymm19
vmovq -216(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm13,%ymm16,%ymm14
vpxord %ymm19,%ymm14,%ymm24
vpsrld $10,%ymm21,%ymm25
vmovq -240(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm23,%ymm30,%ymm26
vpxord %ymm25,%ymm26,%ymm29
vpaddd -3200(%rdi),%ymm24,%ymm17
vmovq -192(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm17,-2752(%rdi)
vpaddd -256(%rdi){1to8},%ymm31,%ymm27
vpaddd -2112(%rdi),%ymm28,%ymm18
vmovq -184(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm29,%ymm18,%ymm22
vmovdqa64 %ymm22,-2112(%rdi)
vpaddd -252(%rdi){1to8},%ymm17,%ymm15
vmovq -160(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm15,%ymm27,%ymm16
vmovdqa64 %ymm16,-384(%r9)
vmovdqa64 -1984(%rdi),%ymm13
vmovq -152(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm13,%ymm14
vprord $18,%ymm13,%ymm19
vpunpckhdq %ymm15,%ymm27,%ymm21
vmovq -176(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm21,-352(%r9)
vprord $17,%ymm31,%ymm30
vpsrld $3,%ymm13,%ymm23
vmovq -128(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm19,%ymm14,%ymm26
vpxord %ymm23,%ymm26,%ymm25
vprord $19,%ymm31,%ymm24
vmovq -120(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $10,%ymm31,%ymm28
vpxord %ymm24,%ymm30,%ymm18
vprord $17,%ymm20,%ymm29
vmovq -96(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm20,%ymm16
vpsrld $10,%ymm20,%ymm27
vpxord %ymm28,%ymm18,%ymm15
vmovq -88(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -3136(%rdi),%ymm15,%ymm21
vmovdqa64 %ymm21,-2688(%rdi)
vpxord %ymm16,%ymm29,%ymm13
vmovq -112(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm27,%ymm13,%ymm14
vpaddd -2048(%rdi),%ymm25,%ymm19
vpaddd %ymm14,%ymm19,%ymm26
vmovq -64(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm26,-2048(%rdi)
vpaddd 124(%rdi){1to8},%ymm22,%ymm23
vprord $17,%ymm17,%ymm31
vmovq -56(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm17,%ymm30
vpsrld $10,%ymm17,%ymm24
vpaddd 128(%rdi){1to8},%ymm26,%ymm20
vmovq -32(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm20,%ymm23,%ymm18
vmovdqa64 %ymm18,-448(%r11)
vpxord %ymm30,%ymm31,%ymm28
vmovq -24(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm24,%ymm28,%ymm15
vpaddd -3072(%rdi),%ymm15,%ymm29
vpunpckhdq %ymm20,%ymm23,%ymm16
vmovq -48(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm16,-416(%r11)
vmovdqa64 -1920(%rdi),%ymm13
vmovdqa64 %ymm29,-2624(%rdi)
vmovq 0(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -248(%rdi){1to8},%ymm21,%ymm27
vpaddd -244(%rdi){1to8},%ymm29,%ymm25
vmovq 8(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $7,%ymm13,%ymm19
vprord $18,%ymm13,%ymm14
vpsrld $3,%ymm13,%ymm17
vmovq 32(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm25,%ymm27,%ymm18
vmovdqa64 %ymm18,-320(%r9)
vpunpckhdq %ymm25,%ymm27,%ymm31
vmovq 40(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm14,%ymm19,%ymm30
vpxord %ymm17,%ymm30,%ymm28
vprord $17,%ymm22,%ymm24
vmovq 16(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm31,-288(%r9)
vprord $17,%ymm21,%ymm15
vprord $19,%ymm21,%ymm23
vmovq 64(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm22,%ymm20
vpsrld $10,%ymm22,%ymm16
vpxord %ymm20,%ymm24,%ymm13
vmovq 72(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $10,%ymm21,%ymm18
vpxord %ymm23,%ymm15,%ymm27
vpxord %ymm18,%ymm27,%ymm25
vmovq 96(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm16,%ymm13,%ymm19
vpaddd -1984(%rdi),%ymm28,%ymm14
vpaddd %ymm19,%ymm14,%ymm30
vmovq 104(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3008(%rdi),%ymm25,%ymm17
vmovdqa64 %ymm17,-2560(%rdi)
vprord $17,%ymm29,%ymm31
vmovq 80(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm30,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm22
vprord $7,%ymm22,%ymm24
vmovq 128(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $19,%ymm29,%ymm20
vpsrld $10,%ymm29,%ymm21
vpxord %ymm20,%ymm31,%ymm15
vmovq 136(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm22,%ymm23
vpsrld $3,%ymm22,%ymm27
vpxord %ymm23,%ymm24,%ymm18
vmovq 160(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm21,%ymm15,%ymm13
vpaddd -2944(%rdi),%ymm13,%ymm16
vmovdqa64 %ymm16,-2496(%rdi)
vmovq 168(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm27,%ymm18,%ymm28
vprord $17,%ymm26,%ymm14
vprord $19,%ymm26,%ymm19
vmovq 144(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -240(%rdi){1to8},%ymm17,%ymm25
vpaddd -236(%rdi){1to8},%ymm16,%ymm29
vpunpckldq %ymm29,%ymm25,%ymm31
vmovq 192(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm26,%ymm20
vpxord %ymm19,%ymm14,%ymm22
vpxord %ymm20,%ymm22,%ymm24
vmovq 200(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm31,-256(%r9)
vpunpckhdq %ymm29,%ymm25,%ymm23
vmovdqa64 %ymm23,-224(%r9)
vmovq 224(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -1920(%rdi),%ymm28,%ymm15
vpaddd 328(%rdi){1to8},%ymm15,%ymm21
vpaddd %ymm24,%ymm21,%ymm13
vmovq 232(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm17,%ymm18
vprord $19,%ymm17,%ymm27
vpsrld $10,%ymm17,%ymm26
vmovq 208(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm13,-1920(%rdi)
vpaddd 132(%rdi){1to8},%ymm30,%ymm14
vpaddd 136(%rdi){1to8},%ymm13,%ymm19
vmovq 256(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm27,%ymm18,%ymm22
vpxord %ymm26,%ymm22,%ymm20
vpaddd -2880(%rdi),%ymm20,%ymm31
vmovq 264(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckldq %ymm19,%ymm14,%ymm25
vmovdqa64 %ymm25,-384(%r11)
vmovq 288(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm19,%ymm14,%ymm29
vpaddd -40(%rdi){1to8},%ymm31,%ymm23
vmovdqa64 %ymm23,-2432(%rdi)
vmovq 296(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm16,%ymm28
vmovdqa64 %ymm29,-352(%r11)
vprord $17,%ymm30,%ymm15
vmovq 272(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm30,%ymm21
vprord $19,%ymm16,%ymm24
vpsrld $10,%ymm16,%ymm17
vmovq 320(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm24,%ymm28,%ymm18
vpsrld $10,%ymm30,%ymm27
vpxord %ymm21,%ymm15,%ymm22
vmovq 328(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm27,%ymm22,%ymm26
vpaddd -1856(%rdi),%ymm26,%ymm20
vpaddd -2304(%rdi),%ymm20,%ymm25
vmovq 352(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd 332(%rdi){1to8},%ymm25,%ymm14
vpxord %ymm17,%ymm18,%ymm19
vpaddd -2816(%rdi),%ymm19,%ymm31
vmovq 360(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -36(%rdi){1to8},%ymm31,%ymm29
vmovdqa64 %ymm14,-1856(%rdi)
vprord $17,%ymm13,%ymm16
vmovq 336(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm13,%ymm28
vmovdqa64 %ymm29,-2368(%rdi)
vpaddd -232(%rdi){1to8},%ymm23,%ymm24
vmovq 384(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -228(%rdi){1to8},%ymm29,%ymm30
vpsrld $10,%ymm13,%ymm15
vpxord %ymm28,%ymm16,%ymm21
vmovq 392(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm15,%ymm21,%ymm22
vpunpckldq %ymm30,%ymm24,%ymm27
vmovdqa64 %ymm27,-192(%r9)
vmovq 416(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm30,%ymm24,%ymm26
vpaddd -2240(%rdi),%ymm22,%ymm20
vpaddd 336(%rdi){1to8},%ymm20,%ymm25
vmovq 424(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm25,-1792(%rdi)
vmovdqa64 %ymm26,-160(%r9)
vprord $17,%ymm23,%ymm18
vmovq 400(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm23,%ymm17
vpaddd 140(%rdi){1to8},%ymm14,%ymm19
vpaddd 144(%rdi){1to8},%ymm25,%ymm31
vmovq 448(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm31,%ymm19,%ymm13
vpsrld $10,%ymm23,%ymm16
vpxord %ymm17,%ymm18,%ymm28
vmovq 456(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm16,%ymm28,%ymm21
vmovdqa64 %ymm13,-320(%r11)
vpunpckhdq %ymm31,%ymm19,%ymm15
vmovq 480(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm15,-288(%r11)
vpaddd -2752(%rdi),%ymm21,%ymm27
vpaddd -32(%rdi){1to8},%ymm27,%ymm24
vmovq 488(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm24,-3328(%rdi)
vprord $17,%ymm14,%ymm30
vprord $19,%ymm14,%ymm22
vmovq 464(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm14,%ymm20
vmovdqa64 -3200(%rdi),%ymm26
vprord $7,%ymm26,%ymm23
vmovq 512(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm26,%ymm18
vpxord %ymm22,%ymm30,%ymm17
vpxord %ymm20,%ymm17,%ymm28
vmovq 520(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2176(%rdi),%ymm28,%ymm16
vpsrld $3,%ymm26,%ymm13
vpxord %ymm18,%ymm23,%ymm19
vmovq 544(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm13,%ymm19,%ymm31
vmovdqa64 %ymm16,-1728(%rdi)
vprord $17,%ymm25,%ymm15
vmovq 552(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm25,%ymm21
vprord $17,%ymm29,%ymm27
vmovq 528(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm29,%ymm14
vpsrld $10,%ymm29,%ymm30
vpsrld $10,%ymm25,%ymm22
vmovq 576(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm21,%ymm15,%ymm17
vpxord %ymm22,%ymm17,%ymm20
vpxord %ymm14,%ymm27,%ymm28
vmovq 584(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm30,%ymm28,%ymm26
vpaddd -2688(%rdi),%ymm31,%ymm23
vpaddd -2112(%rdi),%ymm20,%ymm18
vmovq 608(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm18,-1664(%rdi)
vpaddd 148(%rdi){1to8},%ymm16,%ymm19
vpaddd -28(%rdi){1to8},%ymm23,%ymm13
vmovq 616(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm26,%ymm13,%ymm29
vmovdqa64 %ymm29,-3264(%rdi)
vpaddd 152(%rdi){1to8},%ymm18,%ymm25
vmovq 592(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpunpckldq %ymm25,%ymm19,%ymm15
vmovdqa64 %ymm15,-256(%r11)
vpaddd -224(%rdi){1to8},%ymm24,%ymm21
vmovq 640(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -220(%rdi){1to8},%ymm29,%ymm17
vpunpckldq %ymm17,%ymm21,%ymm22
vpunpckhdq %ymm25,%ymm19,%ymm27
vmovq 648(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm27,-224(%r11)
vprord $17,%ymm16,%ymm14
vmovdqa64 %ymm22,-128(%r9)
vmovq 672(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm17,%ymm21,%ymm28
vmovdqa64 %ymm28,-96(%r9)
vprord $19,%ymm16,%ymm30
vmovq 680(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm16,%ymm31
vpxord %ymm30,%ymm14,%ymm20
vmovdqa64 -3136(%rdi),%ymm23
vmovq 656(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $7,%ymm23,%ymm13
vprord $18,%ymm23,%ymm26
vpxord %ymm31,%ymm20,%ymm15
vmovq 704(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -2048(%rdi),%ymm15,%ymm19
vmovdqa64 %ymm19,-1600(%rdi)
vpsrld $3,%ymm23,%ymm25
vmovq 712(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm26,%ymm13,%ymm27
vpxord %ymm25,%ymm27,%ymm22
vprord $17,%ymm18,%ymm21
vmovq 736(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm18,%ymm17
vpsrld $10,%ymm18,%ymm28
vpxord %ymm17,%ymm21,%ymm16
vmovq 744(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm28,%ymm16,%ymm14
vpaddd -1984(%rdi),%ymm14,%ymm30
vprord $17,%ymm24,%ymm20
vmovq 720(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm24,%ymm31
vpsrld $10,%ymm24,%ymm15
vmovdqa64 %ymm30,-1536(%rdi)
vmovq 768(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd 156(%rdi){1to8},%ymm19,%ymm23
vpaddd 160(%rdi){1to8},%ymm30,%ymm13
vpxord %ymm31,%ymm20,%ymm26
vmovq 776(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm15,%ymm26,%ymm27
vpaddd -3200(%rdi),%ymm22,%ymm25
vpunpckldq %ymm13,%ymm23,%ymm18
vmovq 800(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm18,-192(%r11)
vpunpckhdq %ymm13,%ymm23,%ymm21
vpaddd -2624(%rdi),%ymm25,%ymm17
vmovq 808(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm27,%ymm17,%ymm16
vmovdqa64 %ymm16,-3200(%rdi)
vmovdqa64 %ymm21,-160(%r11)
vmovq 784(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm19,%ymm28
vprord $19,%ymm19,%ymm14
vmovq 832(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -3072(%rdi),%ymm24
vprord $7,%ymm24,%ymm20
vprord $18,%ymm24,%ymm31
vmovq 840(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $10,%ymm19,%ymm26
vpxord %ymm14,%ymm28,%ymm15
vpxord %ymm26,%ymm15,%ymm22
vmovq 864(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $3,%ymm24,%ymm18
vpxord %ymm31,%ymm20,%ymm23
vpxord %ymm18,%ymm23,%ymm13
vmovq 872(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -1920(%rdi),%ymm22,%ymm25
vmovdqa64 %ymm25,-1472(%rdi)
vprord $17,%ymm30,%ymm17
vmovq 848(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm29,%ymm27
vprord $19,%ymm29,%ymm21
vpsrld $10,%ymm29,%ymm19
vmovdqa %xmm1,-512(%rdi)
nop
vprord $19,%ymm30,%ymm28
vpsrld $10,%ymm30,%ymm14
vpxord %ymm28,%ymm17,%ymm15
vmovdqa %xmm3,-496(%rdi)
nop
vpxord %ymm21,%ymm27,%ymm26
vpxord %ymm19,%ymm26,%ymm24
vpaddd -3136(%rdi),%ymm13,%ymm20
vmovdqa %xmm5,-480(%rdi)
nop
vpxord %ymm14,%ymm15,%ymm31
vpaddd -1856(%rdi),%ymm31,%ymm23
vpaddd 360(%rdi){1to8},%ymm23,%ymm18
vmovdqa %xmm7,-464(%rdi)
nop
vpaddd -2560(%rdi),%ymm20,%ymm22
vpaddd %ymm24,%ymm22,%ymm29
vmovdqa64 %ymm29,-3136(%rdi)
vmovdqa %xmm9,-448(%rdi)
nop
vmovdqa64 %ymm18,-1408(%rdi)
vpaddd 164(%rdi){1to8},%ymm25,%ymm30
vpaddd 168(%rdi){1to8},%ymm18,%ymm17
vmovdqa 16(%rdi),%xmm1
nop
vmovdqa 32(%rdi),%xmm2
vpaddd 916(%r10){1to4},%xmm1,%xmm1{%k2}
vpaddd -216(%rdi){1to8},%ymm16,%ymm28
vpaddd -212(%rdi){1to8},%ymm29,%ymm27
vpunpckldq %ymm27,%ymm28,%ymm21
vmovdqa 16(%rdi),%xmm3
nop
vmovdqa 32(%rdi),%xmm4
vpaddd 920(%r10){1to4},%xmm3,%xmm3{%k2}
vpunpckldq %ymm17,%ymm30,%ymm26
vmovdqa64 %ymm26,-128(%r11)
vpunpckhdq %ymm17,%ymm30,%ymm19
vmovdqa 16(%rdi),%xmm5
nop
vmovdqa 32(%rdi),%xmm6
vpaddd 924(%r10){1to4},%xmm5,%xmm5{%k2}
vmovdqa64 %ymm21,-64(%r9)
vpunpckhdq %ymm27,%ymm28,%ymm13
vmovdqa64 %ymm13,-32(%r9)
vmovdqa -384(%rdi),%xmm7
nop
vmovdqa -368(%rdi),%xmm8
vpaddd 896(%r8){1to4},%xmm7,%xmm7{%k2}
vmovdqa64 %ymm19,-96(%r11)
vmovdqa64 -2304(%rdi),%ymm15
vprord $7,%ymm15,%ymm14
vmovdqa -384(%rdi),%xmm9
nop
vmovdqa -368(%rdi),%xmm10
vpaddd 900(%r8){1to4},%xmm9,%xmm9{%k2}
vmovdqa64 -3008(%rdi),%ymm31
vprord $7,%ymm31,%ymm23
vprord $18,%ymm31,%ymm20
vmovdqa -384(%rdi),%xmm11
nop
vmovdqa -368(%rdi),%xmm12
vpaddd 904(%r8){1to4},%xmm11,%xmm11{%k2}
vprord $18,%ymm15,%ymm22
vpsrld $3,%ymm15,%ymm24
vpxord %ymm22,%ymm14,%ymm26
vmovq -1000(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm31,%ymm30
vpxord %ymm20,%ymm23,%ymm17
vpxord %ymm30,%ymm17,%ymm21
vmovq -976(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm24,%ymm26,%ymm28
vprord $17,%ymm25,%ymm27
vprord $19,%ymm25,%ymm13
vmovq -968(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm16,%ymm19
vprord $19,%ymm16,%ymm15
vpsrld $10,%ymm16,%ymm14
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm25,%ymm22
vpxord %ymm13,%ymm27,%ymm31
vpxord %ymm22,%ymm31,%ymm23
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm15,%ymm19,%ymm20
vpxord %ymm14,%ymm20,%ymm17
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpaddd -3072(%rdi),%ymm21,%ymm30
vpaddd -1792(%rdi),%ymm28,%ymm26
vpaddd 364(%rdi){1to8},%ymm26,%ymm24
vmovq -936(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd %ymm23,%ymm24,%ymm16
vmovdqa64 %ymm16,-1344(%rdi)
vmovdqa64 -2240(%rdi),%ymm25
vmovq -912(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm25,%ymm27
vpaddd -2496(%rdi),%ymm30,%ymm13
vpaddd %ymm17,%ymm13,%ymm31
vmovq -904(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm31,-3072(%rdi)
vprord $18,%ymm25,%ymm22
vpsrld $3,%ymm25,%ymm19
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm22,%ymm27,%ymm15
vmovdqa64 -2944(%rdi),%ymm20
vprord $7,%ymm20,%ymm14
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $18,%ymm20,%ymm21
vpxord %ymm19,%ymm15,%ymm28
vprord $17,%ymm18,%ymm26
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vprord $19,%ymm18,%ymm24
vpsrld $3,%ymm20,%ymm23
vpxord %ymm21,%ymm14,%ymm30
vmovq -872(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm30,%ymm13
vpsrld $10,%ymm18,%ymm17
vpxord %ymm24,%ymm26,%ymm25
vmovq -848(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm17,%ymm25,%ymm27
vprord $17,%ymm29,%ymm22
vprord $19,%ymm29,%ymm15
vmovq -840(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm29,%ymm19
vpaddd -2304(%rdi),%ymm28,%ymm20
vpaddd -1728(%rdi),%ymm20,%ymm14
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm27,%ymm14,%ymm21
vpxord %ymm15,%ymm22,%ymm30
vpxord %ymm19,%ymm30,%ymm23
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -3008(%rdi),%ymm13,%ymm18
vmovdqa64 %ymm21,-2304(%rdi)
vpaddd 172(%rdi){1to8},%ymm16,%ymm26
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpaddd 176(%rdi){1to8},%ymm21,%ymm24
vpaddd -2432(%rdi),%ymm18,%ymm25
vpaddd %ymm23,%ymm25,%ymm17
vmovq -808(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm17,-3008(%rdi)
vpunpckldq %ymm24,%ymm26,%ymm29
vmovdqa64 %ymm29,-64(%r11)
vmovq -784(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm24,%ymm26,%ymm28
vpaddd -208(%rdi){1to8},%ymm31,%ymm20
vpaddd -204(%rdi){1to8},%ymm17,%ymm14
vmovq -776(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm14,%ymm20,%ymm27
vmovdqa64 %ymm28,-32(%r11)
vmovdqa64 -2176(%rdi),%ymm22
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm22,%ymm15
vmovdqa64 %ymm27,0(%r9)
vpunpckhdq %ymm14,%ymm20,%ymm30
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm30,32(%r9)
vprord $18,%ymm22,%ymm19
vpsrld $3,%ymm22,%ymm13
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm19,%ymm15,%ymm18
vmovdqa64 -2880(%rdi),%ymm25
vprord $7,%ymm25,%ymm23
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm25,%ymm29
vpxord %ymm13,%ymm18,%ymm26
vprord $17,%ymm16,%ymm24
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm16,%ymm28
vpsrld $3,%ymm25,%ymm27
vpxord %ymm29,%ymm23,%ymm20
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm27,%ymm20,%ymm14
vpsrld $10,%ymm16,%ymm30
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm28,%ymm24,%ymm22
vpxord %ymm30,%ymm22,%ymm15
vprord $17,%ymm31,%ymm19
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm31,%ymm18
vpsrld $10,%ymm31,%ymm13
vpaddd -2240(%rdi),%ymm26,%ymm25
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpaddd -1664(%rdi),%ymm25,%ymm23
vpaddd %ymm15,%ymm23,%ymm29
vpxord %ymm18,%ymm19,%ymm20
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm13,%ymm20,%ymm27
vpaddd -2944(%rdi),%ymm14,%ymm16
vmovdqa64 %ymm29,-2240(%rdi)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 -2112(%rdi),%ymm24
vprord $7,%ymm24,%ymm28
vpaddd -2368(%rdi),%ymm16,%ymm22
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm27,%ymm22,%ymm30
vmovdqa64 %ymm30,-2944(%rdi)
vprord $18,%ymm24,%ymm31
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm24,%ymm26
vpxord %ymm31,%ymm28,%ymm25
vmovdqa64 -2816(%rdi),%ymm23
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $7,%ymm23,%ymm15
vprord $18,%ymm23,%ymm19
vpxord %ymm26,%ymm25,%ymm18
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vprord $17,%ymm21,%ymm20
vprord $19,%ymm21,%ymm13
vpsrld $3,%ymm23,%ymm14
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm19,%ymm15,%ymm16
vpxord %ymm14,%ymm16,%ymm22
vpsrld $10,%ymm21,%ymm27
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm13,%ymm20,%ymm24
vpxord %ymm27,%ymm24,%ymm28
vpaddd -2176(%rdi),%ymm18,%ymm31
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1600(%rdi),%ymm31,%ymm25
vpaddd %ymm28,%ymm25,%ymm26
vprord $17,%ymm17,%ymm23
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm17,%ymm15
vpsrld $10,%ymm17,%ymm19
vmovdqa64 %ymm26,-2176(%rdi)
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 180(%rdi){1to8},%ymm29,%ymm16
vpaddd 184(%rdi){1to8},%ymm26,%ymm14
vpxord %ymm15,%ymm23,%ymm21
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpxord %ymm19,%ymm21,%ymm20
vpaddd -2880(%rdi),%ymm22,%ymm13
vpunpckldq %ymm14,%ymm16,%ymm24
vmovq -552(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm24,0(%r11)
vpunpckhdq %ymm14,%ymm16,%ymm27
vpaddd -3328(%rdi),%ymm13,%ymm18
vmovq -528(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm20,%ymm18,%ymm31
vmovdqa64 %ymm31,-2880(%rdi)
vmovdqa64 %ymm27,32(%r11)
vmovq -520(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -2048(%rdi),%ymm25
vprord $7,%ymm25,%ymm28
vpaddd -200(%rdi){1to8},%ymm30,%ymm17
vmovq -576(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -196(%rdi){1to8},%ymm31,%ymm23
vpunpckldq %ymm23,%ymm17,%ymm15
vprord $18,%ymm25,%ymm21
vmovq -568(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $3,%ymm25,%ymm19
vpxord %ymm21,%ymm28,%ymm22
vmovdqa64 %ymm15,64(%r9)
vmovq -544(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpunpckhdq %ymm23,%ymm17,%ymm24
vmovdqa64 %ymm24,96(%r9)
vmovq -488(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm19,%ymm22,%ymm16
vprord $17,%ymm29,%ymm14
vprord $19,%ymm29,%ymm13
vmovq -464(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -2752(%rdi),%ymm18
vprord $7,%ymm18,%ymm20
vprord $18,%ymm18,%ymm27
vmovq -456(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm29,%ymm25
vpxord %ymm13,%ymm14,%ymm28
vpxord %ymm25,%ymm28,%ymm21
vmovq -512(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $3,%ymm18,%ymm15
vpxord %ymm27,%ymm20,%ymm17
vpxord %ymm15,%ymm17,%ymm23
vmovq -504(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -2112(%rdi),%ymm16,%ymm24
vpaddd -1536(%rdi),%ymm24,%ymm22
vpaddd %ymm21,%ymm22,%ymm19
vmovq -480(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vprord $17,%ymm30,%ymm29
vprord $19,%ymm30,%ymm14
vpsrld $10,%ymm30,%ymm13
vmovq -424(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm19,-2112(%rdi)
vmovdqa64 -1984(%rdi),%ymm28
vprord $7,%ymm28,%ymm25
vmovq -400(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm14,%ymm29,%ymm18
vpxord %ymm13,%ymm18,%ymm20
vpaddd -2816(%rdi),%ymm23,%ymm27
vmovq -392(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $18,%ymm28,%ymm17
vpsrld $3,%ymm28,%ymm15
vpxord %ymm17,%ymm25,%ymm16
vmovq -448(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3264(%rdi),%ymm27,%ymm24
vpaddd %ymm20,%ymm24,%ymm22
vmovdqa64 %ymm22,-2816(%rdi)
vmovq -440(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm15,%ymm16,%ymm21
vprord $17,%ymm26,%ymm30
vprord $19,%ymm26,%ymm29
vmovq -416(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vmovdqa64 -2688(%rdi),%ymm14
vprord $7,%ymm14,%ymm18
vprord $18,%ymm14,%ymm13
vmovq -360(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $10,%ymm26,%ymm23
vpxord %ymm29,%ymm30,%ymm28
vpxord %ymm23,%ymm28,%ymm25
vmovq -336(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm14,%ymm17
vpxord %ymm13,%ymm18,%ymm27
vpxord %ymm17,%ymm27,%ymm24
vmovq -328(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -2048(%rdi),%ymm21,%ymm20
vpaddd -1472(%rdi),%ymm20,%ymm16
vpaddd %ymm25,%ymm16,%ymm15
vmovq -384(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm31,%ymm26
vprord $19,%ymm31,%ymm30
vpsrld $10,%ymm31,%ymm29
vmovq -376(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm15,-2048(%rdi)
vpaddd 188(%rdi){1to8},%ymm19,%ymm28
vpaddd 192(%rdi){1to8},%ymm15,%ymm23
vmovq -352(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpxord %ymm30,%ymm26,%ymm14
vpxord %ymm29,%ymm14,%ymm18
vpaddd -2752(%rdi),%ymm24,%ymm13
vmovq -296(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm23,%ymm28,%ymm27
vmovdqa64 %ymm27,64(%r11)
vpunpckhdq %ymm23,%ymm28,%ymm17
vmovq -272(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3200(%rdi),%ymm13,%ymm21
vpaddd %ymm18,%ymm21,%ymm20
vmovdqa64 %ymm20,-2752(%rdi)
vmovq -264(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm17,96(%r11)
vmovdqa64 -1920(%rdi),%ymm16
vmovq -320(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm16,%ymm25
vprord $18,%ymm16,%ymm31
vpsrld $3,%ymm16,%ymm26
vmovq -312(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm31,%ymm25,%ymm30
vpaddd -192(%rdi){1to8},%ymm22,%ymm14
vpaddd -188(%rdi){1to8},%ymm20,%ymm29
vmovq -288(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpunpckldq %ymm29,%ymm14,%ymm24
vpxord %ymm26,%ymm30,%ymm27
vprord $17,%ymm19,%ymm28
vmovq -232(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $19,%ymm19,%ymm23
vmovdqa64 %ymm24,128(%r9)
vpunpckhdq %ymm29,%ymm14,%ymm13
vmovq -208(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm13,160(%r9)
vpsrld $10,%ymm19,%ymm21
vpxord %ymm23,%ymm28,%ymm18
vmovq -200(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm21,%ymm18,%ymm17
vmovdqa64 -2624(%rdi),%ymm16
vprord $7,%ymm16,%ymm25
vmovq -256(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm16,%ymm31
vpaddd -1984(%rdi),%ymm27,%ymm30
vpaddd -1408(%rdi),%ymm30,%ymm26
vmovq -248(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd %ymm17,%ymm26,%ymm24
vpsrld $3,%ymm16,%ymm14
vpxord %ymm31,%ymm25,%ymm29
vmovq -224(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpxord %ymm14,%ymm29,%ymm13
vmovdqa64 %ymm24,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm19
vmovq -168(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm19,%ymm28
vprord $17,%ymm22,%ymm23
vprord $19,%ymm22,%ymm18
vmovq -144(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $10,%ymm22,%ymm21
vprord $18,%ymm19,%ymm27
vpsrld $3,%ymm19,%ymm30
vmovq -136(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm27,%ymm28,%ymm26
vpxord %ymm18,%ymm23,%ymm17
vpxord %ymm21,%ymm17,%ymm16
vmovq -192(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2688(%rdi),%ymm13,%ymm25
vpxord %ymm30,%ymm26,%ymm31
vprord $17,%ymm15,%ymm29
vmovq -184(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm15,%ymm14
vpaddd -3136(%rdi),%ymm25,%ymm22
vpaddd %ymm16,%ymm22,%ymm19
vmovq -160(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vmovdqa64 %ymm19,-2688(%rdi)
vpsrld $10,%ymm15,%ymm28
vpxord %ymm14,%ymm29,%ymm27
vmovq -104(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm28,%ymm27,%ymm23
vmovdqa64 -2560(%rdi),%ymm18
vprord $7,%ymm18,%ymm17
vmovq -80(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm18,%ymm21
vpaddd -1920(%rdi),%ymm31,%ymm13
vpaddd -1344(%rdi),%ymm13,%ymm26
vmovq -72(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm23,%ymm26,%ymm30
vpsrld $3,%ymm18,%ymm25
vpxord %ymm21,%ymm17,%ymm22
vmovq -128(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm25,%ymm22,%ymm16
vmovdqa64 %ymm30,-1920(%rdi)
vpaddd 196(%rdi){1to8},%ymm24,%ymm15
vmovq -120(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 200(%rdi){1to8},%ymm30,%ymm29
vprord $17,%ymm20,%ymm14
vprord $19,%ymm20,%ymm27
vmovq -96(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpsrld $10,%ymm20,%ymm28
vpunpckldq %ymm29,%ymm15,%ymm31
vmovdqa64 %ymm31,128(%r11)
vmovq -40(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckhdq %ymm29,%ymm15,%ymm13
vpxord %ymm27,%ymm14,%ymm26
vmovq -16(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm28,%ymm26,%ymm23
vpaddd -2624(%rdi),%ymm16,%ymm18
vmovdqa64 %ymm13,160(%r11)
vmovq -8(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -1792(%rdi),%ymm17
vprord $7,%ymm17,%ymm21
vpaddd -3072(%rdi),%ymm18,%ymm22
vmovq -64(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm23,%ymm22,%ymm25
vmovdqa64 %ymm25,-2624(%rdi)
vprord $18,%ymm17,%ymm20
vmovq -56(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $3,%ymm17,%ymm31
vpxord %ymm20,%ymm21,%ymm15
vpaddd -184(%rdi){1to8},%ymm19,%ymm29
vmovq -32(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpaddd -180(%rdi){1to8},%ymm25,%ymm14
vpunpckldq %ymm14,%ymm29,%ymm27
vpxord %ymm31,%ymm15,%ymm26
vmovq 24(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm24,%ymm28
vprord $19,%ymm24,%ymm16
vmovdqa64 %ymm27,192(%r9)
vmovq 48(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm14,%ymm29,%ymm13
vmovdqa64 %ymm13,224(%r9)
vpsrld $10,%ymm24,%ymm18
vmovq 56(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm16,%ymm28,%ymm22
vpxord %ymm18,%ymm22,%ymm23
vmovdqa64 -2496(%rdi),%ymm17
vmovq 0(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $7,%ymm17,%ymm21
vprord $18,%ymm17,%ymm20
vpaddd -1856(%rdi),%ymm26,%ymm15
vmovq 8(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -2304(%rdi),%ymm15,%ymm31
vpaddd %ymm23,%ymm31,%ymm27
vmovdqa64 %ymm27,-1856(%rdi)
vmovq 32(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vmovdqa64 -1728(%rdi),%ymm29
vprord $7,%ymm29,%ymm14
vpsrld $3,%ymm17,%ymm13
vmovq 88(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm20,%ymm21,%ymm24
vpxord %ymm13,%ymm24,%ymm28
vprord $18,%ymm29,%ymm16
vmovq 112(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm29,%ymm22
vpxord %ymm16,%ymm14,%ymm18
vprord $17,%ymm19,%ymm26
vmovq 120(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm19,%ymm15
vpsrld $10,%ymm19,%ymm31
vpxord %ymm22,%ymm18,%ymm23
vmovq 64(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm30,%ymm17
vprord $19,%ymm30,%ymm21
vpxord %ymm15,%ymm26,%ymm20
vmovq 72(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm31,%ymm20,%ymm24
vpaddd -2560(%rdi),%ymm28,%ymm13
vpsrld $10,%ymm30,%ymm29
vmovq 96(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm21,%ymm17,%ymm14
vpxord %ymm29,%ymm14,%ymm16
vpaddd -3008(%rdi),%ymm13,%ymm19
vmovq 152(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm24,%ymm19,%ymm18
vmovdqa64 %ymm18,-2560(%rdi)
vpaddd -1792(%rdi),%ymm23,%ymm22
vmovq 176(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2240(%rdi),%ymm22,%ymm26
vpaddd %ymm16,%ymm26,%ymm15
vmovdqa64 -2432(%rdi),%ymm20
vmovq 184(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $7,%ymm20,%ymm31
vprord $18,%ymm20,%ymm28
vmovdqa64 %ymm15,-1792(%rdi)
vmovq 128(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 204(%rdi){1to8},%ymm27,%ymm30
vpaddd 208(%rdi){1to8},%ymm15,%ymm17
vmovq 136(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $3,%ymm20,%ymm21
vpxord %ymm28,%ymm31,%ymm14
vpxord %ymm21,%ymm14,%ymm29
vmovq 160(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpunpckldq %ymm17,%ymm30,%ymm13
vmovdqa64 %ymm13,192(%r11)
vpunpckhdq %ymm17,%ymm30,%ymm19
vmovq 216(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $17,%ymm25,%ymm24
vprord $19,%ymm25,%ymm23
vpsrld $10,%ymm25,%ymm22
vmovq 240(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm19,224(%r11)
vmovdqa64 -1664(%rdi),%ymm26
vprord $7,%ymm26,%ymm16
vmovq 248(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm23,%ymm24,%ymm20
vpxord %ymm22,%ymm20,%ymm31
vpaddd -2496(%rdi),%ymm29,%ymm28
vmovq 192(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm26,%ymm14
vpsrld $3,%ymm26,%ymm21
vpxord %ymm14,%ymm16,%ymm13
vmovq 200(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -2944(%rdi),%ymm28,%ymm30
vpaddd %ymm31,%ymm30,%ymm17
vmovdqa64 %ymm17,-2496(%rdi)
vmovq 224(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm21,%ymm13,%ymm25
vprord $17,%ymm27,%ymm19
vprord $19,%ymm27,%ymm24
vmovq 280(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -176(%rdi){1to8},%ymm18,%ymm23
vpaddd -172(%rdi){1to8},%ymm17,%ymm20
vpunpckldq %ymm20,%ymm23,%ymm22
vmovq 304(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $10,%ymm27,%ymm29
vpxord %ymm24,%ymm19,%ymm26
vpxord %ymm29,%ymm26,%ymm16
vmovq 312(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm22,256(%r9)
vpunpckhdq %ymm20,%ymm23,%ymm14
vmovdqa64 %ymm14,288(%r9)
vmovq 256(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -1728(%rdi),%ymm25,%ymm28
vpaddd -2176(%rdi),%ymm28,%ymm30
vpaddd %ymm16,%ymm30,%ymm31
vmovq 264(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 -2368(%rdi),%ymm13
vprord $7,%ymm13,%ymm21
vprord $18,%ymm13,%ymm27
vmovq 288(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vmovdqa64 %ymm31,-1728(%rdi)
vmovdqa64 -1600(%rdi),%ymm19
vprord $7,%ymm19,%ymm24
vmovq 344(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm13,%ymm26
vpxord %ymm27,%ymm21,%ymm29
vpxord %ymm26,%ymm29,%ymm22
vmovq 368(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $18,%ymm19,%ymm23
vpsrld $3,%ymm19,%ymm20
vpxord %ymm23,%ymm24,%ymm14
vmovq 376(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm18,%ymm25
vprord $19,%ymm18,%ymm28
vpsrld $10,%ymm18,%ymm30
vmovq 320(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm20,%ymm14,%ymm16
vprord $17,%ymm15,%ymm13
vprord $19,%ymm15,%ymm21
vmovq 328(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm15,%ymm27
vpxord %ymm21,%ymm13,%ymm29
vpxord %ymm27,%ymm29,%ymm26
vmovq 352(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm28,%ymm25,%ymm19
vpxord %ymm30,%ymm19,%ymm24
vpaddd -2432(%rdi),%ymm22,%ymm23
vmovq 408(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -1664(%rdi),%ymm16,%ymm18
vpaddd -2112(%rdi),%ymm18,%ymm14
vmovq 432(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd %ymm26,%ymm14,%ymm20
vpaddd -2880(%rdi),%ymm23,%ymm15
vpaddd %ymm24,%ymm15,%ymm13
vmovq 440(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm13,-2432(%rdi)
vmovdqa64 %ymm20,-1664(%rdi)
vpaddd 212(%rdi){1to8},%ymm31,%ymm21
vmovq 384(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 216(%rdi){1to8},%ymm20,%ymm29
vmovdqa64 -3328(%rdi),%ymm27
vprord $7,%ymm27,%ymm25
vmovq 392(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $18,%ymm27,%ymm28
vpunpckldq %ymm29,%ymm21,%ymm19
vmovdqa64 %ymm19,256(%r11)
vmovq 416(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpunpckhdq %ymm29,%ymm21,%ymm30
vpsrld $3,%ymm27,%ymm22
vpxord %ymm28,%ymm25,%ymm16
vmovq 472(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm22,%ymm16,%ymm18
vmovdqa64 %ymm30,288(%r11)
vmovdqa64 -1536(%rdi),%ymm14
vmovq 496(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm14,%ymm26
vprord $17,%ymm17,%ymm23
vprord $19,%ymm17,%ymm15
vmovq 504(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm17,%ymm24
vprord $18,%ymm14,%ymm19
vpsrld $3,%ymm14,%ymm21
vmovq 448(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm19,%ymm26,%ymm29
vpxord %ymm15,%ymm23,%ymm27
vpxord %ymm24,%ymm27,%ymm25
vmovq 456(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -2368(%rdi),%ymm18,%ymm28
vpxord %ymm21,%ymm29,%ymm16
vprord $17,%ymm31,%ymm22
vmovq 480(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vprord $19,%ymm31,%ymm30
vpaddd -2816(%rdi),%ymm28,%ymm17
vpaddd %ymm25,%ymm17,%ymm14
vmovq 536(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm14,-2368(%rdi)
vpsrld $10,%ymm31,%ymm26
vpxord %ymm30,%ymm22,%ymm19
vmovq 560(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm26,%ymm19,%ymm23
vpaddd -168(%rdi){1to8},%ymm13,%ymm15
vpaddd -164(%rdi){1to8},%ymm14,%ymm27
vmovq 568(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm27,%ymm15,%ymm24
vpaddd -1600(%rdi),%ymm16,%ymm18
vpaddd -2048(%rdi),%ymm18,%ymm29
vmovq 512(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm23,%ymm29,%ymm21
vmovdqa64 %ymm24,320(%r9)
vpunpckhdq %ymm27,%ymm15,%ymm28
vmovq 520(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm28,352(%r9)
vmovdqa64 %ymm21,-1600(%rdi)
vmovdqa64 -1472(%rdi),%ymm17
vmovq 544(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vprord $7,%ymm17,%ymm25
vmovdqa64 -3264(%rdi),%ymm31
vprord $7,%ymm31,%ymm22
vmovq 600(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm31,%ymm30
vprord $18,%ymm17,%ymm19
vpsrld $3,%ymm17,%ymm26
vmovq 624(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm19,%ymm25,%ymm16
vpsrld $3,%ymm31,%ymm18
vpxord %ymm30,%ymm22,%ymm29
vmovq 632(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm18,%ymm29,%ymm23
vpxord %ymm26,%ymm16,%ymm24
vprord $17,%ymm20,%ymm15
vmovq 576(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm20,%ymm27
vprord $17,%ymm13,%ymm28
vprord $19,%ymm13,%ymm17
vmovq 584(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm13,%ymm25
vpsrld $10,%ymm20,%ymm19
vmovq 608(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm27,%ymm15,%ymm31
vpxord %ymm19,%ymm31,%ymm22
vpxord %ymm17,%ymm28,%ymm30
vmovq 664(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm25,%ymm30,%ymm29
vpaddd -3328(%rdi),%ymm23,%ymm18
vpaddd -1536(%rdi),%ymm24,%ymm16
vmovq 688(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -1984(%rdi),%ymm16,%ymm26
vpaddd %ymm22,%ymm26,%ymm13
vpaddd -2752(%rdi),%ymm18,%ymm20
vmovq 696(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm29,%ymm20,%ymm15
vmovdqa64 %ymm15,-3328(%rdi)
vmovdqa64 %ymm13,-1536(%rdi)
vmovq 640(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 220(%rdi){1to8},%ymm21,%ymm27
vpaddd 224(%rdi){1to8},%ymm13,%ymm31
vmovdqa64 -3200(%rdi),%ymm19
vmovq 648(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $7,%ymm19,%ymm28
vprord $18,%ymm19,%ymm17
vpunpckldq %ymm31,%ymm27,%ymm30
vmovq 672(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vmovdqa64 %ymm30,320(%r11)
vpunpckhdq %ymm31,%ymm27,%ymm25
vmovdqa64 %ymm25,352(%r11)
vmovq 728(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -1408(%rdi),%ymm23
vprord $7,%ymm23,%ymm24
vpsrld $3,%ymm19,%ymm16
vmovq 752(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm17,%ymm28,%ymm26
vpxord %ymm16,%ymm26,%ymm22
vprord $18,%ymm23,%ymm18
vmovq 760(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $3,%ymm23,%ymm20
vpxord %ymm18,%ymm24,%ymm29
vprord $17,%ymm14,%ymm30
vmovq 704(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm14,%ymm27
vpsrld $10,%ymm14,%ymm31
vpxord %ymm20,%ymm29,%ymm25
vmovq 712(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm21,%ymm19
vprord $19,%ymm21,%ymm28
vpxord %ymm27,%ymm30,%ymm17
vmovq 736(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm31,%ymm17,%ymm26
vpaddd -3264(%rdi),%ymm22,%ymm16
vpsrld $10,%ymm21,%ymm23
vmovq 792(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm28,%ymm19,%ymm24
vpxord %ymm23,%ymm24,%ymm18
vpaddd -2688(%rdi),%ymm16,%ymm14
vmovq 816(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd %ymm26,%ymm14,%ymm29
vmovdqa64 %ymm29,-3264(%rdi)
vpaddd -1472(%rdi),%ymm25,%ymm20
vmovq 824(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1920(%rdi),%ymm20,%ymm30
vpaddd %ymm18,%ymm30,%ymm27
vpaddd -160(%rdi){1to8},%ymm15,%ymm17
vmovq 768(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -156(%rdi){1to8},%ymm29,%ymm31
vpunpckldq %ymm31,%ymm17,%ymm22
vmovdqa64 %ymm27,-1472(%rdi)
vmovq 776(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 -1344(%rdi),%ymm21
vprord $7,%ymm21,%ymm19
vmovdqa64 %ymm22,384(%r9)
vmovq 800(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpunpckhdq %ymm31,%ymm17,%ymm28
vmovdqa64 %ymm28,416(%r9)
vprord $18,%ymm21,%ymm24
vmovq 856(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm21,%ymm23
vpxord %ymm24,%ymm19,%ymm16
vmovdqa64 -3136(%rdi),%ymm14
vmovq 880(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm14,%ymm26
vprord $18,%ymm14,%ymm25
vmovq 888(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm23,%ymm16,%ymm20
vprord $17,%ymm13,%ymm30
vprord $19,%ymm13,%ymm18
vmovq 832(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm14,%ymm22
vpxord %ymm25,%ymm26,%ymm17
vpxord %ymm22,%ymm17,%ymm31
vmovq 840(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm13,%ymm28
vpxord %ymm18,%ymm30,%ymm21
vpxord %ymm28,%ymm21,%ymm19
vmovq 864(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vprord $17,%ymm15,%ymm24
vprord $19,%ymm15,%ymm16
vpsrld $10,%ymm15,%ymm23
vmovdqa %xmm1,-432(%rdi)
nop
vpaddd -1408(%rdi),%ymm20,%ymm14
vpaddd -1856(%rdi),%ymm14,%ymm26
vpaddd %ymm19,%ymm26,%ymm25
vmovdqa %xmm3,-416(%rdi)
nop
vpxord %ymm16,%ymm24,%ymm17
vpxord %ymm23,%ymm17,%ymm22
vpaddd -3200(%rdi),%ymm31,%ymm13
vmovdqa %xmm5,-400(%rdi)
nop
vmovdqa64 %ymm25,-1408(%rdi)
vpaddd 228(%rdi){1to8},%ymm27,%ymm30
vpaddd 232(%rdi){1to8},%ymm25,%ymm18
vmovdqa %xmm7,-768(%rdi)
nop
vmovdqa %xmm8,-640(%rdi)
vpaddd -2624(%rdi),%ymm13,%ymm21
vpaddd %ymm22,%ymm21,%ymm28
vmovdqa64 %ymm28,-3200(%rdi)
vmovdqa %xmm9,-736(%rdi)
nop
vmovdqa %xmm10,-608(%rdi)
vpunpckldq %ymm18,%ymm30,%ymm15
vmovdqa64 %ymm15,384(%r11)
vpunpckhdq %ymm18,%ymm30,%ymm20
vmovdqa %xmm11,-704(%rdi)
nop
vmovdqa %xmm12,-576(%rdi)
vmovdqa64 -3072(%rdi),%ymm14
vprord $7,%ymm14,%ymm26
vprord $18,%ymm14,%ymm19
vmovdqa -384(%rdi),%xmm1
nop
vmovdqa -368(%rdi),%xmm2
vpaddd 908(%r8){1to4},%xmm1,%xmm1{%k2}
vmovdqa64 %ymm20,416(%r11)
vmovdqa64 -2304(%rdi),%ymm24
vprord $7,%ymm24,%ymm16
vmovdqa -384(%rdi),%xmm3
nop
vmovdqa -368(%rdi),%xmm4
vpaddd 912(%r8){1to4},%xmm3,%xmm3{%k2}
vpsrld $3,%ymm14,%ymm17
vpxord %ymm19,%ymm26,%ymm23
vpxord %ymm17,%ymm23,%ymm31
vmovdqa -384(%rdi),%xmm5
nop
vmovdqa -368(%rdi),%xmm6
vpaddd 916(%r8){1to4},%xmm5,%xmm5{%k2}
vprord $18,%ymm24,%ymm13
vpsrld $3,%ymm24,%ymm21
vpxord %ymm13,%ymm16,%ymm22
vmovdqa -384(%rdi),%xmm7
nop
vmovdqa -368(%rdi),%xmm8
vpaddd 920(%r8){1to4},%xmm7,%xmm7{%k2}
vprord $17,%ymm29,%ymm15
vprord $19,%ymm29,%ymm30
vpsrld $10,%ymm29,%ymm18
vmovdqa -384(%rdi),%xmm9
nop
vmovdqa -368(%rdi),%xmm10
vpaddd 924(%r8){1to4},%xmm9,%xmm9{%k2}
vpxord %ymm21,%ymm22,%ymm20
vprord $17,%ymm27,%ymm14
vprord $19,%ymm27,%ymm26
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm30,%ymm15,%ymm19
vpxord %ymm18,%ymm19,%ymm23
vpaddd -3136(%rdi),%ymm31,%ymm17
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $10,%ymm27,%ymm24
vpxord %ymm26,%ymm14,%ymm16
vpxord %ymm24,%ymm16,%ymm13
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1344(%rdi),%ymm20,%ymm29
vpaddd -1792(%rdi),%ymm29,%ymm22
vpaddd %ymm13,%ymm22,%ymm21
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2560(%rdi),%ymm17,%ymm15
vpaddd %ymm23,%ymm15,%ymm30
vmovdqa64 %ymm30,-3136(%rdi)
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm21,-1344(%rdi)
vmovdqa64 -2240(%rdi),%ymm19
vprord $7,%ymm19,%ymm18
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -152(%rdi){1to8},%ymm28,%ymm31
vpaddd -148(%rdi){1to8},%ymm30,%ymm27
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckldq %ymm27,%ymm31,%ymm14
vprord $18,%ymm19,%ymm26
vpsrld $3,%ymm19,%ymm16
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm26,%ymm18,%ymm24
vmovdqa64 %ymm14,448(%r9)
vpunpckhdq %ymm27,%ymm31,%ymm20
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm20,480(%r9)
vpxord %ymm16,%ymm24,%ymm29
vprord $17,%ymm25,%ymm22
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm25,%ymm13
vmovdqa64 -3008(%rdi),%ymm17
vprord $7,%ymm17,%ymm15
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm17,%ymm23
vpsrld $10,%ymm25,%ymm19
vpxord %ymm13,%ymm22,%ymm18
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm19,%ymm18,%ymm26
vpsrld $3,%ymm17,%ymm14
vpxord %ymm23,%ymm15,%ymm31
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm14,%ymm31,%ymm27
vpaddd -2304(%rdi),%ymm29,%ymm20
vpaddd -1728(%rdi),%ymm20,%ymm24
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm26,%ymm24,%ymm16
vprord $17,%ymm28,%ymm25
vprord $19,%ymm28,%ymm22
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $10,%ymm28,%ymm13
vmovdqa64 %ymm16,-2304(%rdi)
vpaddd 236(%rdi){1to8},%ymm21,%ymm18
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd 240(%rdi){1to8},%ymm16,%ymm19
vpxord %ymm22,%ymm25,%ymm17
vpxord %ymm13,%ymm17,%ymm15
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3072(%rdi),%ymm27,%ymm23
vpunpckldq %ymm19,%ymm18,%ymm31
vmovdqa64 %ymm31,448(%r11)
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckhdq %ymm19,%ymm18,%ymm14
vpaddd -2496(%rdi),%ymm23,%ymm29
vpaddd %ymm15,%ymm29,%ymm20
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm20,-3072(%rdi)
vmovdqa64 %ymm14,480(%r11)
vmovdqa64 -2176(%rdi),%ymm24
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $7,%ymm24,%ymm26
vmovdqa64 -2944(%rdi),%ymm28
vprord $7,%ymm28,%ymm25
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm28,%ymm22
vprord $18,%ymm24,%ymm17
vpsrld $3,%ymm24,%ymm13
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm17,%ymm26,%ymm27
vpsrld $3,%ymm28,%ymm31
vpxord %ymm22,%ymm25,%ymm18
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm31,%ymm18,%ymm19
vpxord %ymm13,%ymm27,%ymm23
vprord $17,%ymm21,%ymm29
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm21,%ymm15
vprord $17,%ymm30,%ymm14
vprord $19,%ymm30,%ymm24
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $10,%ymm30,%ymm26
vpsrld $10,%ymm21,%ymm17
vpxord %ymm15,%ymm29,%ymm28
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm17,%ymm28,%ymm25
vpxord %ymm24,%ymm14,%ymm22
vpxord %ymm26,%ymm22,%ymm18
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3008(%rdi),%ymm19,%ymm31
vpaddd -2240(%rdi),%ymm23,%ymm27
vpaddd -1664(%rdi),%ymm27,%ymm13
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm25,%ymm13,%ymm30
vpaddd -2432(%rdi),%ymm31,%ymm21
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm18,%ymm21,%ymm29
vmovdqa64 %ymm29,-3008(%rdi)
vmovdqa64 %ymm30,-2240(%rdi)
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 -2112(%rdi),%ymm15
vprord $7,%ymm15,%ymm28
vpaddd -144(%rdi){1to8},%ymm20,%ymm17
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -140(%rdi){1to8},%ymm29,%ymm14
vpunpckldq %ymm14,%ymm17,%ymm24
vprord $18,%ymm15,%ymm22
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm15,%ymm26
vpxord %ymm22,%ymm28,%ymm19
vpxord %ymm26,%ymm19,%ymm23
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm16,%ymm27
vprord $19,%ymm16,%ymm13
vmovdqa64 %ymm24,512(%r9)
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhdq %ymm14,%ymm17,%ymm25
vmovdqa64 %ymm25,544(%r9)
vpsrld $10,%ymm16,%ymm31
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm13,%ymm27,%ymm21
vpxord %ymm31,%ymm21,%ymm18
vmovdqa64 -2880(%rdi),%ymm15
vmovq -536(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm15,%ymm28
vprord $18,%ymm15,%ymm22
vpaddd -2176(%rdi),%ymm23,%ymm19
vmovq -560(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -1600(%rdi),%ymm19,%ymm26
vpaddd %ymm18,%ymm26,%ymm24
vpsrld $3,%ymm15,%ymm17
vmovq -552(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm22,%ymm28,%ymm14
vpxord %ymm17,%ymm14,%ymm25
vmovdqa64 %ymm24,-2176(%rdi)
vmovq -528(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 244(%rdi){1to8},%ymm30,%ymm16
vpaddd 248(%rdi){1to8},%ymm24,%ymm27
vprord $17,%ymm20,%ymm13
vmovq -520(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm20,%ymm21
vpsrld $10,%ymm20,%ymm31
vpunpckldq %ymm27,%ymm16,%ymm23
vmovq -472(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm23,512(%r11)
vpunpckhdq %ymm27,%ymm16,%ymm19
vpxord %ymm21,%ymm13,%ymm26
vmovq -496(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm31,%ymm26,%ymm18
vpaddd -2944(%rdi),%ymm25,%ymm15
vmovdqa64 %ymm19,544(%r11)
vmovq -488(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 -2048(%rdi),%ymm28
vprord $7,%ymm28,%ymm22
vpaddd -2368(%rdi),%ymm15,%ymm14
vmovq -464(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm18,%ymm14,%ymm17
vmovdqa64 %ymm17,-2944(%rdi)
vprord $18,%ymm28,%ymm20
vmovq -456(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $3,%ymm28,%ymm23
vpxord %ymm20,%ymm22,%ymm16
vmovdqa64 -2816(%rdi),%ymm27
vmovq -408(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm27,%ymm13
vprord $18,%ymm27,%ymm21
vpxord %ymm23,%ymm16,%ymm26
vmovq -432(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $17,%ymm30,%ymm31
vprord $19,%ymm30,%ymm25
vpsrld $3,%ymm27,%ymm19
vmovq -424(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm21,%ymm13,%ymm15
vpxord %ymm19,%ymm15,%ymm14
vpsrld $10,%ymm30,%ymm18
vmovq -400(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm25,%ymm31,%ymm28
vpxord %ymm18,%ymm28,%ymm22
vmovq -392(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm29,%ymm20
vprord $19,%ymm29,%ymm16
vpsrld $10,%ymm29,%ymm23
vmovq -344(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2112(%rdi),%ymm26,%ymm27
vpaddd -1536(%rdi),%ymm27,%ymm13
vpaddd %ymm22,%ymm13,%ymm21
vmovq -368(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm16,%ymm20,%ymm15
vpxord %ymm23,%ymm15,%ymm19
vpaddd -2880(%rdi),%ymm14,%ymm30
vmovq -360(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm21,-2112(%rdi)
vmovdqa64 -1984(%rdi),%ymm31
vprord $7,%ymm31,%ymm25
vmovq -336(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -3328(%rdi),%ymm30,%ymm28
vpaddd %ymm19,%ymm28,%ymm18
vmovdqa64 %ymm18,-2880(%rdi)
vmovq -328(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $18,%ymm31,%ymm29
vpsrld $3,%ymm31,%ymm26
vpxord %ymm29,%ymm25,%ymm27
vmovq -280(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -136(%rdi){1to8},%ymm17,%ymm13
vpaddd -132(%rdi){1to8},%ymm18,%ymm22
vpunpckldq %ymm22,%ymm13,%ymm20
vmovq -304(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm26,%ymm27,%ymm16
vprord $17,%ymm24,%ymm15
vprord $19,%ymm24,%ymm23
vmovq -296(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm20,576(%r9)
vpunpckhdq %ymm22,%ymm13,%ymm14
vmovdqa64 %ymm14,608(%r9)
vmovq -272(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm24,%ymm30
vpxord %ymm23,%ymm15,%ymm28
vpxord %ymm30,%ymm28,%ymm19
vmovq -264(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 -2752(%rdi),%ymm31
vprord $7,%ymm31,%ymm25
vprord $18,%ymm31,%ymm29
vmovq -216(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2048(%rdi),%ymm16,%ymm27
vpaddd -1472(%rdi),%ymm27,%ymm26
vpaddd %ymm19,%ymm26,%ymm20
vmovq -240(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm31,%ymm13
vpxord %ymm29,%ymm25,%ymm22
vpxord %ymm13,%ymm22,%ymm14
vmovq -232(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm20,-2048(%rdi)
vpaddd 252(%rdi){1to8},%ymm21,%ymm24
vpaddd 256(%rdi){1to8},%ymm20,%ymm15
vmovq -208(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckldq %ymm15,%ymm24,%ymm23
vmovdqa64 %ymm23,576(%r11)
vpunpckhdq %ymm15,%ymm24,%ymm28
vmovq -200(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm17,%ymm30
vprord $19,%ymm17,%ymm16
vpsrld $10,%ymm17,%ymm27
vmovq -152(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm28,608(%r11)
vmovdqa64 -1920(%rdi),%ymm26
vprord $7,%ymm26,%ymm19
vmovq -176(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm16,%ymm30,%ymm31
vpxord %ymm27,%ymm31,%ymm25
vpaddd -2816(%rdi),%ymm14,%ymm29
vmovq -168(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $18,%ymm26,%ymm22
vpsrld $3,%ymm26,%ymm13
vpxord %ymm22,%ymm19,%ymm23
vmovq -144(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3264(%rdi),%ymm29,%ymm24
vpaddd %ymm25,%ymm24,%ymm15
vmovdqa64 %ymm15,-2816(%rdi)
vmovq -136(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm13,%ymm23,%ymm17
vprord $17,%ymm21,%ymm28
vmovq -88(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $19,%ymm21,%ymm30
vmovdqa64 -2688(%rdi),%ymm16
vprord $7,%ymm16,%ymm31
vmovq -112(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm16,%ymm27
vpsrld $10,%ymm21,%ymm14
vpxord %ymm30,%ymm28,%ymm26
vmovq -104(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm14,%ymm26,%ymm19
vpsrld $3,%ymm16,%ymm22
vpxord %ymm27,%ymm31,%ymm29
vmovq -80(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm22,%ymm29,%ymm24
vpaddd -1984(%rdi),%ymm17,%ymm25
vpaddd -1408(%rdi),%ymm25,%ymm23
vmovq -72(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd %ymm19,%ymm23,%ymm13
vprord $17,%ymm18,%ymm21
vprord $19,%ymm18,%ymm28
vmovq -24(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm18,%ymm30
vmovdqa64 %ymm13,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm26
vmovq -48(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm26,%ymm14
vpxord %ymm28,%ymm21,%ymm16
vpxord %ymm30,%ymm16,%ymm31
vmovq -40(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -2752(%rdi),%ymm24,%ymm27
vprord $18,%ymm26,%ymm29
vpsrld $3,%ymm26,%ymm22
vmovq -16(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm29,%ymm14,%ymm17
vpaddd -3200(%rdi),%ymm27,%ymm25
vpaddd %ymm31,%ymm25,%ymm23
vmovq -8(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -128(%rdi){1to8},%ymm15,%ymm19
vpxord %ymm22,%ymm17,%ymm18
vprord $17,%ymm20,%ymm21
vmovq 40(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $19,%ymm20,%ymm28
vpaddd -124(%rdi){1to8},%ymm23,%ymm16
vpunpckldq %ymm16,%ymm19,%ymm30
vmovq 16(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm30,640(%r9)
vpsrld $10,%ymm20,%ymm24
vpxord %ymm28,%ymm21,%ymm26
vmovq 24(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm24,%ymm26,%ymm14
vpunpckhdq %ymm16,%ymm19,%ymm29
vmovdqa64 %ymm29,672(%r9)
vmovq 48(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -2624(%rdi),%ymm27
vpaddd -1920(%rdi),%ymm18,%ymm25
vpaddd -1344(%rdi),%ymm25,%ymm31
vmovq 56(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd %ymm14,%ymm31,%ymm17
vprord $7,%ymm27,%ymm22
vprord $18,%ymm27,%ymm30
vmovq 104(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm27,%ymm20
vpaddd 260(%rdi){1to8},%ymm13,%ymm21
vpaddd 264(%rdi){1to8},%ymm17,%ymm28
vmovq 80(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckldq %ymm28,%ymm21,%ymm26
vpxord %ymm30,%ymm22,%ymm24
vpxord %ymm20,%ymm24,%ymm19
vmovq 88(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm15,%ymm16
vmovdqa64 %ymm26,640(%r11)
vpunpckhdq %ymm28,%ymm21,%ymm29
vmovq 112(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm29,672(%r11)
vprord $19,%ymm15,%ymm18
vpsrld $10,%ymm15,%ymm25
vmovq 120(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm18,%ymm16,%ymm31
vmovdqa64 -1792(%rdi),%ymm14
vprord $7,%ymm14,%ymm27
vmovq 168(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm14,%ymm22
vpxord %ymm25,%ymm31,%ymm30
vpaddd -2688(%rdi),%ymm19,%ymm24
vmovq 144(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -3136(%rdi),%ymm24,%ymm20
vpsrld $3,%ymm14,%ymm26
vmovq 152(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm22,%ymm27,%ymm21
vpxord %ymm26,%ymm21,%ymm28
vpaddd %ymm30,%ymm20,%ymm29
vmovq 176(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -2560(%rdi),%ymm15
vprord $7,%ymm15,%ymm16
vprord $17,%ymm13,%ymm18
vmovq 184(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm13,%ymm31
vpsrld $10,%ymm13,%ymm25
vpxord %ymm31,%ymm18,%ymm19
vmovq 232(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm25,%ymm19,%ymm24
vpaddd -1856(%rdi),%ymm28,%ymm14
vprord $18,%ymm15,%ymm27
vmovq 208(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm15,%ymm22
vpxord %ymm27,%ymm16,%ymm21
vpaddd -2304(%rdi),%ymm14,%ymm26
vmovq 216(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm24,%ymm26,%ymm20
vmovdqa64 -1728(%rdi),%ymm30
vpxord %ymm22,%ymm21,%ymm13
vmovq 240(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm23,%ymm18
vprord $19,%ymm23,%ymm31
vprord $7,%ymm30,%ymm19
vmovq 248(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $18,%ymm30,%ymm25
vpsrld $3,%ymm30,%ymm28
vpsrld $10,%ymm23,%ymm15
vmovq 296(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm31,%ymm18,%ymm16
vpxord %ymm15,%ymm16,%ymm27
vpxord %ymm25,%ymm19,%ymm14
vmovq 272(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm28,%ymm14,%ymm26
vprord $17,%ymm17,%ymm24
vpaddd -2624(%rdi),%ymm13,%ymm21
vmovq 280(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -3072(%rdi),%ymm21,%ymm22
vpaddd %ymm27,%ymm22,%ymm30
vprord $19,%ymm17,%ymm23
vmovq 304(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm17,%ymm18
vpxord %ymm23,%ymm24,%ymm31
vpaddd -120(%rdi){1to8},%ymm29,%ymm16
vmovq 312(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -116(%rdi){1to8},%ymm30,%ymm15
vpunpckldq %ymm15,%ymm16,%ymm19
vpxord %ymm18,%ymm31,%ymm25
vmovq 360(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -1792(%rdi),%ymm26,%ymm14
vpaddd -2240(%rdi),%ymm14,%ymm28
vmovdqa64 %ymm19,704(%r9)
vmovq 336(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm15,%ymm16,%ymm13
vmovdqa64 %ymm13,736(%r9)
vpaddd %ymm25,%ymm28,%ymm21
vmovq 344(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd 268(%rdi){1to8},%ymm20,%ymm22
vpaddd 272(%rdi){1to8},%ymm21,%ymm27
vmovdqa64 -2496(%rdi),%ymm17
vmovq 368(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm17,%ymm24
vprord $18,%ymm17,%ymm23
vpunpckldq %ymm27,%ymm22,%ymm31
vmovq 376(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm31,704(%r11)
vpunpckhdq %ymm27,%ymm22,%ymm18
vpsrld $3,%ymm17,%ymm26
vmovq 424(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm24,%ymm14
vpxord %ymm26,%ymm14,%ymm19
vmovdqa64 %ymm18,736(%r11)
vmovq 400(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -1664(%rdi),%ymm16
vprord $7,%ymm16,%ymm15
vprord $17,%ymm29,%ymm13
vmovq 408(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm29,%ymm28
vpsrld $10,%ymm29,%ymm25
vmovq 432(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm16,%ymm31
vpsrld $3,%ymm16,%ymm22
vpxord %ymm31,%ymm15,%ymm27
vmovq 440(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm28,%ymm13,%ymm17
vpxord %ymm25,%ymm17,%ymm24
vpaddd -2560(%rdi),%ymm19,%ymm23
vmovq 488(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm22,%ymm27,%ymm14
vprord $17,%ymm20,%ymm26
vprord $19,%ymm20,%ymm18
vmovq 464(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3008(%rdi),%ymm23,%ymm29
vpaddd %ymm24,%ymm29,%ymm16
vmovdqa64 -2432(%rdi),%ymm15
vmovq 472(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm20,%ymm31
vpxord %ymm18,%ymm26,%ymm13
vpxord %ymm31,%ymm13,%ymm28
vmovq 496(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm15,%ymm17
vprord $18,%ymm15,%ymm25
vpsrld $3,%ymm15,%ymm19
vmovq 504(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -1728(%rdi),%ymm14,%ymm27
vpaddd -2176(%rdi),%ymm27,%ymm22
vpaddd %ymm28,%ymm22,%ymm23
vmovq 552(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm25,%ymm17,%ymm29
vpxord %ymm19,%ymm29,%ymm24
vprord $17,%ymm30,%ymm20
vmovq 528(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -1600(%rdi),%ymm26
vprord $7,%ymm26,%ymm18
vprord $18,%ymm26,%ymm13
vmovq 536(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm30,%ymm31
vpsrld $10,%ymm30,%ymm15
vpxord %ymm31,%ymm20,%ymm14
vmovq 560(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $3,%ymm26,%ymm27
vpxord %ymm13,%ymm18,%ymm22
vpxord %ymm27,%ymm22,%ymm28
vmovq 568(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm21,%ymm17
vprord $19,%ymm21,%ymm25
vpsrld $10,%ymm21,%ymm29
vmovq 616(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm15,%ymm14,%ymm19
vpaddd -2496(%rdi),%ymm24,%ymm30
vpaddd -2944(%rdi),%ymm30,%ymm20
vmovq 592(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm25,%ymm17,%ymm31
vpxord %ymm29,%ymm31,%ymm26
vpaddd -1664(%rdi),%ymm28,%ymm18
vmovq 600(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm19,%ymm20,%ymm13
vpaddd -112(%rdi){1to8},%ymm16,%ymm22
vpaddd -108(%rdi){1to8},%ymm13,%ymm27
vmovq 624(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2112(%rdi),%ymm18,%ymm21
vpaddd %ymm26,%ymm21,%ymm14
vpaddd 276(%rdi){1to8},%ymm23,%ymm15
vmovq 632(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpunpckldq %ymm27,%ymm22,%ymm24
vmovdqa64 %ymm24,768(%r9)
vpunpckhdq %ymm27,%ymm22,%ymm30
vmovq 680(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd 280(%rdi){1to8},%ymm14,%ymm17
vpunpckldq %ymm17,%ymm15,%ymm25
vmovdqa64 %ymm25,768(%r11)
vmovq 656(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm30,800(%r9)
vmovdqa64 -2368(%rdi),%ymm31
vprord $7,%ymm31,%ymm29
vmovq 664(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm17,%ymm15,%ymm28
vmovdqa64 %ymm28,800(%r11)
vmovdqa64 -1536(%rdi),%ymm20
vmovq 688(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm31,%ymm19
vpsrld $3,%ymm31,%ymm18
vmovq 696(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm19,%ymm29,%ymm21
vprord $7,%ymm20,%ymm26
vprord $18,%ymm20,%ymm24
vmovq 744(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm20,%ymm22
vpxord %ymm18,%ymm21,%ymm27
vprord $17,%ymm16,%ymm25
vmovq 720(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm16,%ymm30
vpxord %ymm24,%ymm26,%ymm15
vpxord %ymm22,%ymm15,%ymm17
vmovq 728(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm23,%ymm28
vpsrld $10,%ymm16,%ymm31
vpxord %ymm30,%ymm25,%ymm29
vmovq 752(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm31,%ymm29,%ymm19
vprord $19,%ymm23,%ymm20
vpsrld $10,%ymm23,%ymm21
vmovq 760(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm20,%ymm28,%ymm18
vpaddd -2432(%rdi),%ymm27,%ymm26
vpaddd -2880(%rdi),%ymm26,%ymm24
vmovq 808(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm19,%ymm24,%ymm15
vpxord %ymm21,%ymm18,%ymm22
vpaddd -1600(%rdi),%ymm17,%ymm16
vmovq 784(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2048(%rdi),%ymm16,%ymm25
vmovdqa64 -3328(%rdi),%ymm30
vprord $7,%ymm30,%ymm29
vmovq 792(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $18,%ymm30,%ymm31
vpaddd %ymm22,%ymm25,%ymm23
vmovdqa64 -1472(%rdi),%ymm28
vmovq 816(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $7,%ymm28,%ymm20
vpsrld $3,%ymm30,%ymm27
vpxord %ymm31,%ymm29,%ymm26
vmovq 824(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm27,%ymm26,%ymm24
vprord $18,%ymm28,%ymm19
vpsrld $3,%ymm28,%ymm18
vmovq 872(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm19,%ymm20,%ymm21
vprord $17,%ymm13,%ymm17
vprord $19,%ymm13,%ymm16
vmovq 848(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $10,%ymm13,%ymm25
vpxord %ymm18,%ymm21,%ymm22
vprord $17,%ymm14,%ymm30
vmovq 856(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm14,%ymm29
vpxord %ymm16,%ymm17,%ymm31
vpxord %ymm25,%ymm31,%ymm26
vmovq 880(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2368(%rdi),%ymm24,%ymm27
vpsrld $10,%ymm14,%ymm28
vpxord %ymm29,%ymm30,%ymm20
vmovq 888(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm28,%ymm20,%ymm19
vpaddd -2816(%rdi),%ymm27,%ymm13
vpaddd %ymm26,%ymm13,%ymm21
vmovdqa %xmm1,-672(%rdi)
nop
vmovdqa %xmm2,-544(%rdi)
vpaddd -104(%rdi){1to8},%ymm15,%ymm18
vpaddd -1536(%rdi),%ymm22,%ymm17
vpaddd -1984(%rdi),%ymm17,%ymm16
vmovdqa %xmm3,-752(%rdi)
nop
vmovdqa %xmm4,-624(%rdi)
vpaddd %ymm19,%ymm16,%ymm31
vpaddd -100(%rdi){1to8},%ymm21,%ymm25
vpunpckldq %ymm25,%ymm18,%ymm24
vmovdqa %xmm5,-720(%rdi)
nop
vmovdqa %xmm6,-592(%rdi)
vmovdqa64 %ymm24,832(%r9)
vpaddd 284(%rdi){1to8},%ymm23,%ymm14
vpaddd 288(%rdi){1to8},%ymm31,%ymm30
vmovdqa %xmm7,-688(%rdi)
nop
vmovdqa %xmm8,-560(%rdi)
vpunpckldq %ymm30,%ymm14,%ymm29
vpunpckhdq %ymm25,%ymm18,%ymm20
vmovdqa64 %ymm20,864(%r9)
vmovdqa %xmm9,-656(%rdi)
nop
vmovdqa %xmm10,-528(%rdi)
vmovdqa64 %ymm29,832(%r11)
vpunpckhdq %ymm30,%ymm14,%ymm28
vmovdqa64 %ymm28,864(%r11)
xchgq %r8,%r9
xchgq %r10,%r11
addq $8,%rdx
decq %rsi
jnz 2b
vzeroupper
ret
