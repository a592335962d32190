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
vpsrld $3,%ymm26,%ymm27
vmovq -792(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 60(%rdi){1to8},%ymm15,%ymm28
vpaddd 64(%rdi){1to8},%ymm17,%ymm29
vpunpckldq %ymm29,%ymm28,%ymm30
vmovq -816(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $7,%ymm26,%ymm31
vprord $18,%ymm26,%ymm18
vpxord %ymm18,%ymm31,%ymm19
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm30,-960(%r11)
vpunpckhdq %ymm29,%ymm28,%ymm23
vmovdqa64 %ymm23,-928(%r11)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm27,%ymm19,%ymm22
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
vpaddd -280(%rdi){1to8},%ymm20,%ymm31
vpaddd -276(%rdi){1to8},%ymm17,%ymm18
vpunpckldq %ymm18,%ymm31,%ymm30
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
vpunpckhdq %ymm18,%ymm31,%ymm19
vmovdqa64 %ymm19,-544(%r9)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm23,-832(%r11)
vpunpckhdq %ymm29,%ymm28,%ymm27
vmovdqa64 %ymm27,-800(%r11)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm20,%ymm22
vprord $17,%ymm20,%ymm16
vprord $19,%ymm20,%ymm14
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -2240(%rdi),%ymm15
vpsrld $3,%ymm15,%ymm24
vprord $7,%ymm15,%ymm21
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm14,%ymm16,%ymm25
vpxord %ymm22,%ymm25,%ymm26
vpaddd -80(%rdi){1to8},%ymm26,%ymm13
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $18,%ymm15,%ymm30
vpxord %ymm30,%ymm21,%ymm31
vpxord %ymm24,%ymm31,%ymm18
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm13,-3072(%rdi)
vpsrld $10,%ymm17,%ymm19
vprord $17,%ymm17,%ymm23
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -2304(%rdi),%ymm18,%ymm28
vmovdqa64 %ymm28,-2304(%rdi)
vpbroadcastd 108(%rdi),%ymm29
vmovq -576(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm17,%ymm27
vpxord %ymm27,%ymm23,%ymm20
vpxord %ymm19,%ymm20,%ymm16
vmovq -568(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 112(%rdi){1to8},%ymm28,%ymm14
vpunpckldq %ymm14,%ymm29,%ymm25
vmovdqa64 %ymm25,-576(%r11)
vmovq -544(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm16,-3008(%rdi)
vpaddd -272(%rdi){1to8},%ymm13,%ymm22
vmovq -536(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -268(%rdi){1to8},%ymm16,%ymm26
vpunpckhdq %ymm14,%ymm29,%ymm15
vmovdqa64 %ymm15,-544(%r11)
vmovq -560(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 -2176(%rdi),%ymm21
vpunpckldq %ymm26,%ymm22,%ymm30
vmovdqa64 %ymm30,-512(%r9)
vmovq -512(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpunpckhdq %ymm26,%ymm22,%ymm31
vpsrld $3,%ymm21,%ymm24
vprord $7,%ymm21,%ymm18
vmovq -504(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm21,%ymm17
vmovdqa64 %ymm31,-480(%r9)
vpsrld $10,%ymm13,%ymm23
vmovq -480(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm13,%ymm27
vpxord %ymm17,%ymm18,%ymm20
vpxord %ymm24,%ymm20,%ymm19
vmovq -472(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2240(%rdi),%ymm19,%ymm25
vprord $19,%ymm13,%ymm29
vpxord %ymm29,%ymm27,%ymm14
vmovq -496(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm23,%ymm14,%ymm15
vpaddd 308(%rdi){1to8},%ymm25,%ymm30
vmovdqa64 %ymm30,-2240(%rdi)
vmovq -448(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -2112(%rdi),%ymm22
vpsrld $3,%ymm22,%ymm26
vprord $7,%ymm22,%ymm21
vmovq -440(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $18,%ymm22,%ymm31
vpaddd -72(%rdi){1to8},%ymm15,%ymm18
vmovdqa64 %ymm18,-2944(%rdi)
vmovq -416(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm16,%ymm17
vpxord %ymm31,%ymm21,%ymm20
vpxord %ymm26,%ymm20,%ymm24
vmovq -408(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm28,%ymm19
vprord $17,%ymm16,%ymm13
vprord $19,%ymm16,%ymm27
vmovq -432(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm27,%ymm13,%ymm29
vprord $17,%ymm28,%ymm14
vprord $19,%ymm28,%ymm23
vmovq -384(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm14,%ymm25
vpxord %ymm17,%ymm29,%ymm22
vpaddd -68(%rdi){1to8},%ymm22,%ymm15
vmovq -376(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm15,-2880(%rdi)
vpxord %ymm19,%ymm25,%ymm21
vpaddd -2176(%rdi),%ymm24,%ymm31
vmovq -352(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm21,%ymm31,%ymm20
vpaddd -264(%rdi){1to8},%ymm18,%ymm26
vpaddd -260(%rdi){1to8},%ymm15,%ymm16
vmovq -344(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckldq %ymm16,%ymm26,%ymm13
vmovdqa64 %ymm20,-2176(%rdi)
vpaddd 116(%rdi){1to8},%ymm30,%ymm27
vmovq -368(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 120(%rdi){1to8},%ymm20,%ymm28
vmovdqa64 %ymm13,-448(%r9)
vpunpckhdq %ymm16,%ymm26,%ymm14
vmovq -320(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm14,-416(%r9)
vpunpckldq %ymm28,%ymm27,%ymm23
vmovdqa64 %ymm23,-512(%r11)
vmovq -312(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm28,%ymm27,%ymm29
vpsrld $10,%ymm18,%ymm17
vprord $17,%ymm18,%ymm22
vmovq -288(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm18,%ymm25
vmovdqa64 %ymm29,-480(%r11)
vmovdqa64 -2048(%rdi),%ymm19
vmovq -280(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm19,%ymm24
vpxord %ymm25,%ymm22,%ymm31
vpxord %ymm17,%ymm31,%ymm21
vmovq -304(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -64(%rdi){1to8},%ymm21,%ymm13
vprord $7,%ymm19,%ymm26
vmovq -256(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm19,%ymm16
vpxord %ymm16,%ymm26,%ymm14
vmovdqa64 %ymm13,-2816(%rdi)
vmovq -248(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $10,%ymm15,%ymm23
vprord $17,%ymm15,%ymm27
vpxord %ymm24,%ymm14,%ymm28
vmovq -224(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm30,%ymm18
vprord $17,%ymm30,%ymm29
vprord $19,%ymm15,%ymm22
vmovq -216(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm22,%ymm27,%ymm25
vpxord %ymm23,%ymm25,%ymm31
vprord $19,%ymm30,%ymm17
vmovq -240(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm17,%ymm29,%ymm21
vpxord %ymm18,%ymm21,%ymm19
vpaddd -3200(%rdi),%ymm31,%ymm26
vmovq -192(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm26,-2752(%rdi)
vpaddd -256(%rdi){1to8},%ymm13,%ymm16
vpaddd -2112(%rdi),%ymm28,%ymm14
vmovq -184(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm19,%ymm14,%ymm24
vmovdqa64 %ymm24,-2112(%rdi)
vpaddd -252(%rdi){1to8},%ymm26,%ymm15
vmovq -160(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm15,%ymm16,%ymm27
vmovdqa64 %ymm27,-384(%r9)
vmovdqa64 -1984(%rdi),%ymm22
vmovq -152(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm22,%ymm25
vprord $7,%ymm22,%ymm23
vpunpckhdq %ymm15,%ymm16,%ymm30
vmovq -176(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm30,-352(%r9)
vpsrld $10,%ymm13,%ymm29
vprord $18,%ymm22,%ymm17
vmovq -128(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm17,%ymm23,%ymm21
vpxord %ymm25,%ymm21,%ymm18
vprord $17,%ymm13,%ymm31
vmovq -120(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm13,%ymm28
vpxord %ymm28,%ymm31,%ymm14
vpsrld $10,%ymm20,%ymm19
vmovq -96(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm20,%ymm27
vprord $19,%ymm20,%ymm16
vpxord %ymm29,%ymm14,%ymm15
vmovq -88(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -3136(%rdi),%ymm15,%ymm30
vmovdqa64 %ymm30,-2688(%rdi)
vpxord %ymm16,%ymm27,%ymm22
vmovq -112(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm19,%ymm22,%ymm23
vpaddd -2048(%rdi),%ymm18,%ymm17
vpaddd %ymm23,%ymm17,%ymm21
vmovq -64(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm21,-2048(%rdi)
vpaddd 124(%rdi){1to8},%ymm24,%ymm25
vpsrld $10,%ymm26,%ymm13
vmovq -56(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $17,%ymm26,%ymm31
vprord $19,%ymm26,%ymm28
vpaddd 128(%rdi){1to8},%ymm21,%ymm20
vmovq -32(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm20,%ymm25,%ymm14
vmovdqa64 %ymm14,-448(%r11)
vpxord %ymm28,%ymm31,%ymm29
vmovq -24(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm13,%ymm29,%ymm15
vpaddd -3072(%rdi),%ymm15,%ymm27
vpunpckhdq %ymm20,%ymm25,%ymm16
vmovq -48(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm16,-416(%r11)
vmovdqa64 -1920(%rdi),%ymm22
vmovdqa64 %ymm27,-2624(%rdi)
vmovq 0(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -248(%rdi){1to8},%ymm30,%ymm19
vpaddd -244(%rdi){1to8},%ymm27,%ymm18
vmovq 8(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm22,%ymm17
vprord $7,%ymm22,%ymm23
vprord $18,%ymm22,%ymm26
vmovq 32(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm18,%ymm19,%ymm14
vmovdqa64 %ymm14,-320(%r9)
vpunpckhdq %ymm18,%ymm19,%ymm31
vmovq 40(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm26,%ymm23,%ymm28
vpxord %ymm17,%ymm28,%ymm29
vpsrld $10,%ymm24,%ymm13
vmovq 16(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm31,-288(%r9)
vpsrld $10,%ymm30,%ymm15
vprord $17,%ymm30,%ymm25
vmovq 64(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $17,%ymm24,%ymm20
vprord $19,%ymm24,%ymm16
vpxord %ymm16,%ymm20,%ymm22
vmovq 72(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm30,%ymm14
vpxord %ymm14,%ymm25,%ymm19
vpxord %ymm15,%ymm19,%ymm18
vmovq 96(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm13,%ymm22,%ymm23
vpaddd -1984(%rdi),%ymm29,%ymm26
vpaddd %ymm23,%ymm26,%ymm28
vmovq 104(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3008(%rdi),%ymm18,%ymm17
vmovdqa64 %ymm17,-2560(%rdi)
vpsrld $10,%ymm27,%ymm31
vmovq 80(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm28,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm24
vpsrld $3,%ymm24,%ymm20
vmovq 128(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm27,%ymm16
vprord $19,%ymm27,%ymm30
vpxord %ymm30,%ymm16,%ymm25
vmovq 136(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $7,%ymm24,%ymm14
vprord $18,%ymm24,%ymm19
vpxord %ymm19,%ymm14,%ymm15
vmovq 160(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm31,%ymm25,%ymm22
vpaddd -2944(%rdi),%ymm22,%ymm13
vmovdqa64 %ymm13,-2496(%rdi)
vmovq 168(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm20,%ymm15,%ymm29
vpsrld $10,%ymm21,%ymm26
vprord $17,%ymm21,%ymm23
vmovq 144(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -240(%rdi){1to8},%ymm17,%ymm18
vpaddd -236(%rdi){1to8},%ymm13,%ymm27
vpunpckldq %ymm27,%ymm18,%ymm16
vmovq 192(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm21,%ymm30
vpxord %ymm30,%ymm23,%ymm24
vpxord %ymm26,%ymm24,%ymm14
vmovq 200(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm16,-256(%r9)
vpunpckhdq %ymm27,%ymm18,%ymm19
vmovdqa64 %ymm19,-224(%r9)
vmovq 224(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -1920(%rdi),%ymm29,%ymm25
vpaddd 328(%rdi){1to8},%ymm25,%ymm31
vpaddd %ymm14,%ymm31,%ymm22
vmovq 232(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm17,%ymm15
vprord $17,%ymm17,%ymm20
vprord $19,%ymm17,%ymm21
vmovq 208(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm22,-1920(%rdi)
vpaddd 132(%rdi){1to8},%ymm28,%ymm23
vpaddd 136(%rdi){1to8},%ymm22,%ymm30
vmovq 256(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm21,%ymm20,%ymm24
vpxord %ymm15,%ymm24,%ymm26
vpaddd -2880(%rdi),%ymm26,%ymm16
vmovq 264(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckldq %ymm30,%ymm23,%ymm18
vmovdqa64 %ymm18,-384(%r11)
vmovq 288(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm30,%ymm23,%ymm27
vpaddd -40(%rdi){1to8},%ymm16,%ymm19
vmovdqa64 %ymm19,-2432(%rdi)
vmovq 296(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm13,%ymm29
vmovdqa64 %ymm27,-352(%r11)
vpsrld $10,%ymm28,%ymm25
vmovq 272(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm28,%ymm31
vprord $17,%ymm13,%ymm14
vprord $19,%ymm13,%ymm17
vmovq 320(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm17,%ymm14,%ymm20
vprord $19,%ymm28,%ymm21
vpxord %ymm21,%ymm31,%ymm24
vmovq 328(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm25,%ymm24,%ymm15
vpaddd -1856(%rdi),%ymm15,%ymm26
vpaddd -2304(%rdi),%ymm26,%ymm18
vmovq 352(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd 332(%rdi){1to8},%ymm18,%ymm23
vpxord %ymm29,%ymm20,%ymm30
vpaddd -2816(%rdi),%ymm30,%ymm16
vmovq 360(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -36(%rdi){1to8},%ymm16,%ymm27
vmovdqa64 %ymm23,-1856(%rdi)
vpsrld $10,%ymm22,%ymm13
vmovq 336(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm22,%ymm14
vmovdqa64 %ymm27,-2368(%rdi)
vpaddd -232(%rdi){1to8},%ymm19,%ymm17
vmovq 384(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -228(%rdi){1to8},%ymm27,%ymm28
vprord $19,%ymm22,%ymm31
vpxord %ymm31,%ymm14,%ymm21
vmovq 392(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm13,%ymm21,%ymm24
vpunpckldq %ymm28,%ymm17,%ymm25
vmovdqa64 %ymm25,-192(%r9)
vmovq 416(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm28,%ymm17,%ymm15
vpaddd -2240(%rdi),%ymm24,%ymm26
vpaddd 336(%rdi){1to8},%ymm26,%ymm18
vmovq 424(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm18,-1792(%rdi)
vmovdqa64 %ymm15,-160(%r9)
vpsrld $10,%ymm19,%ymm20
vmovq 400(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm19,%ymm29
vpaddd 140(%rdi){1to8},%ymm23,%ymm30
vpaddd 144(%rdi){1to8},%ymm18,%ymm16
vmovq 448(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm16,%ymm30,%ymm22
vprord $19,%ymm19,%ymm14
vpxord %ymm14,%ymm29,%ymm31
vmovq 456(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm20,%ymm31,%ymm21
vmovdqa64 %ymm22,-320(%r11)
vpunpckhdq %ymm16,%ymm30,%ymm13
vmovq 480(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm13,-288(%r11)
vpaddd -2752(%rdi),%ymm21,%ymm25
vpaddd -32(%rdi){1to8},%ymm25,%ymm17
vmovq 488(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm17,-3328(%rdi)
vpsrld $10,%ymm23,%ymm28
vprord $17,%ymm23,%ymm24
vmovq 464(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm23,%ymm26
vmovdqa64 -3200(%rdi),%ymm15
vpsrld $3,%ymm15,%ymm19
vmovq 512(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm15,%ymm29
vpxord %ymm26,%ymm24,%ymm14
vpxord %ymm28,%ymm14,%ymm31
vmovq 520(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2176(%rdi),%ymm31,%ymm20
vprord $18,%ymm15,%ymm22
vpxord %ymm22,%ymm29,%ymm30
vmovq 544(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm19,%ymm30,%ymm16
vmovdqa64 %ymm20,-1728(%rdi)
vpsrld $10,%ymm18,%ymm13
vmovq 552(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm18,%ymm21
vpsrld $10,%ymm27,%ymm25
vmovq 528(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm27,%ymm23
vprord $19,%ymm27,%ymm24
vprord $19,%ymm18,%ymm26
vmovq 576(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm26,%ymm21,%ymm14
vpxord %ymm13,%ymm14,%ymm28
vpxord %ymm24,%ymm23,%ymm31
vmovq 584(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm25,%ymm31,%ymm15
vpaddd -2688(%rdi),%ymm16,%ymm29
vpaddd -2112(%rdi),%ymm28,%ymm22
vmovq 608(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm22,-1664(%rdi)
vpaddd 148(%rdi){1to8},%ymm20,%ymm30
vpaddd -28(%rdi){1to8},%ymm29,%ymm19
vmovq 616(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm15,%ymm19,%ymm27
vmovdqa64 %ymm27,-3264(%rdi)
vpaddd 152(%rdi){1to8},%ymm22,%ymm18
vmovq 592(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpunpckldq %ymm18,%ymm30,%ymm21
vmovdqa64 %ymm21,-256(%r11)
vpaddd -224(%rdi){1to8},%ymm17,%ymm26
vmovq 640(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -220(%rdi){1to8},%ymm27,%ymm14
vpunpckldq %ymm14,%ymm26,%ymm13
vpunpckhdq %ymm18,%ymm30,%ymm23
vmovq 648(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm23,-224(%r11)
vpsrld $10,%ymm20,%ymm24
vmovdqa64 %ymm13,-128(%r9)
vmovq 672(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm14,%ymm26,%ymm31
vmovdqa64 %ymm31,-96(%r9)
vprord $17,%ymm20,%ymm25
vmovq 680(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm20,%ymm16
vpxord %ymm16,%ymm25,%ymm28
vmovdqa64 -3136(%rdi),%ymm29
vmovq 656(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $3,%ymm29,%ymm19
vprord $7,%ymm29,%ymm15
vpxord %ymm24,%ymm28,%ymm21
vmovq 704(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -2048(%rdi),%ymm21,%ymm30
vmovdqa64 %ymm30,-1600(%rdi)
vprord $18,%ymm29,%ymm18
vmovq 712(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm18,%ymm15,%ymm23
vpxord %ymm19,%ymm23,%ymm13
vpsrld $10,%ymm22,%ymm26
vmovq 736(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm22,%ymm14
vprord $19,%ymm22,%ymm31
vpxord %ymm31,%ymm14,%ymm20
vmovq 744(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm26,%ymm20,%ymm25
vpaddd -1984(%rdi),%ymm25,%ymm16
vpsrld $10,%ymm17,%ymm28
vmovq 720(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm17,%ymm24
vprord $19,%ymm17,%ymm21
vmovdqa64 %ymm16,-1536(%rdi)
vmovq 768(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd 156(%rdi){1to8},%ymm30,%ymm29
vpaddd 160(%rdi){1to8},%ymm16,%ymm15
vpxord %ymm21,%ymm24,%ymm18
vmovq 776(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm28,%ymm18,%ymm23
vpaddd -3200(%rdi),%ymm13,%ymm19
vpunpckldq %ymm15,%ymm29,%ymm22
vmovq 800(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm22,-192(%r11)
vpunpckhdq %ymm15,%ymm29,%ymm14
vpaddd -2624(%rdi),%ymm19,%ymm31
vmovq 808(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm23,%ymm31,%ymm20
vmovdqa64 %ymm20,-3200(%rdi)
vmovdqa64 %ymm14,-160(%r11)
vmovq 784(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $10,%ymm30,%ymm26
vprord $17,%ymm30,%ymm25
vmovq 832(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -3072(%rdi),%ymm17
vpsrld $3,%ymm17,%ymm24
vprord $7,%ymm17,%ymm21
vmovq 840(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm30,%ymm18
vpxord %ymm18,%ymm25,%ymm28
vpxord %ymm26,%ymm28,%ymm13
vmovq 864(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $18,%ymm17,%ymm22
vpxord %ymm22,%ymm21,%ymm29
vpxord %ymm24,%ymm29,%ymm15
vmovq 872(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -1920(%rdi),%ymm13,%ymm19
vmovdqa64 %ymm19,-1472(%rdi)
vpsrld $10,%ymm16,%ymm31
vmovq 848(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm27,%ymm23
vprord $17,%ymm27,%ymm14
vprord $19,%ymm27,%ymm30
vmovdqa %xmm1,-512(%rdi)
nop
vprord $17,%ymm16,%ymm25
vprord $19,%ymm16,%ymm18
vpxord %ymm18,%ymm25,%ymm28
vmovdqa %xmm3,-496(%rdi)
nop
vpxord %ymm30,%ymm14,%ymm26
vpxord %ymm23,%ymm26,%ymm17
vpaddd -3136(%rdi),%ymm15,%ymm21
vmovdqa %xmm5,-480(%rdi)
nop
vpxord %ymm31,%ymm28,%ymm22
vpaddd -1856(%rdi),%ymm22,%ymm29
vpaddd 360(%rdi){1to8},%ymm29,%ymm24
vmovdqa %xmm7,-464(%rdi)
nop
vpaddd -2560(%rdi),%ymm21,%ymm13
vpaddd %ymm17,%ymm13,%ymm27
vmovdqa64 %ymm27,-3136(%rdi)
vmovdqa %xmm9,-448(%rdi)
nop
vmovdqa64 %ymm24,-1408(%rdi)
vpaddd 164(%rdi){1to8},%ymm19,%ymm16
vpaddd 168(%rdi){1to8},%ymm24,%ymm25
vmovdqa 16(%rdi),%xmm1
nop
vmovdqa 32(%rdi),%xmm2
vpaddd 916(%r10){1to4},%xmm1,%xmm1{%k2}
vpaddd -216(%rdi){1to8},%ymm20,%ymm18
vpaddd -212(%rdi){1to8},%ymm27,%ymm14
vpunpckldq %ymm14,%ymm18,%ymm30
vmovdqa 16(%rdi),%xmm3
nop
vmovdqa 32(%rdi),%xmm4
vpaddd 920(%r10){1to4},%xmm3,%xmm3{%k2}
vpunpckldq %ymm25,%ymm16,%ymm26
vmovdqa64 %ymm26,-128(%r11)
vpunpckhdq %ymm25,%ymm16,%ymm23
vmovdqa 16(%rdi),%xmm5
nop
vmovdqa 32(%rdi),%xmm6
vpaddd 924(%r10){1to4},%xmm5,%xmm5{%k2}
vmovdqa64 %ymm30,-64(%r9)
vpunpckhdq %ymm14,%ymm18,%ymm15
vmovdqa64 %ymm15,-32(%r9)
vmovdqa -384(%rdi),%xmm7
nop
vmovdqa -368(%rdi),%xmm8
vpaddd 896(%r8){1to4},%xmm7,%xmm7{%k2}
vmovdqa64 %ymm23,-96(%r11)
vmovdqa64 -2304(%rdi),%ymm28
vpsrld $3,%ymm28,%ymm31
vmovdqa -384(%rdi),%xmm9
nop
vmovdqa -368(%rdi),%xmm10
vpaddd 900(%r8){1to4},%xmm9,%xmm9{%k2}
vmovdqa64 -3008(%rdi),%ymm22
vpsrld $3,%ymm22,%ymm29
vprord $7,%ymm22,%ymm21
vmovdqa -384(%rdi),%xmm11
nop
vmovdqa -368(%rdi),%xmm12
vpaddd 904(%r8){1to4},%xmm11,%xmm11{%k2}
vprord $7,%ymm28,%ymm13
vprord $18,%ymm28,%ymm17
vpxord %ymm17,%ymm13,%ymm26
vmovq -1000(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm22,%ymm16
vpxord %ymm16,%ymm21,%ymm25
vpxord %ymm29,%ymm25,%ymm30
vmovq -976(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm31,%ymm26,%ymm18
vpsrld $10,%ymm19,%ymm14
vprord $17,%ymm19,%ymm15
vmovq -968(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm20,%ymm23
vprord $17,%ymm20,%ymm28
vprord $19,%ymm20,%ymm13
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm19,%ymm17
vpxord %ymm17,%ymm15,%ymm22
vpxord %ymm14,%ymm22,%ymm21
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm13,%ymm28,%ymm16
vpxord %ymm23,%ymm16,%ymm25
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpaddd -3072(%rdi),%ymm30,%ymm29
vpaddd -1792(%rdi),%ymm18,%ymm26
vpaddd 364(%rdi){1to8},%ymm26,%ymm31
vmovq -936(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd %ymm21,%ymm31,%ymm20
vmovdqa64 %ymm20,-1344(%rdi)
vmovdqa64 -2240(%rdi),%ymm19
vmovq -912(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm19,%ymm15
vpaddd -2496(%rdi),%ymm29,%ymm17
vpaddd %ymm25,%ymm17,%ymm22
vmovq -904(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm22,-3072(%rdi)
vprord $7,%ymm19,%ymm14
vprord $18,%ymm19,%ymm28
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm28,%ymm14,%ymm13
vmovdqa64 -2944(%rdi),%ymm16
vpsrld $3,%ymm16,%ymm23
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $7,%ymm16,%ymm30
vpxord %ymm15,%ymm13,%ymm18
vpsrld $10,%ymm24,%ymm26
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vprord $17,%ymm24,%ymm31
vprord $18,%ymm16,%ymm21
vpxord %ymm21,%ymm30,%ymm29
vmovq -872(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm29,%ymm17
vprord $19,%ymm24,%ymm25
vpxord %ymm25,%ymm31,%ymm19
vmovq -848(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm26,%ymm19,%ymm14
vpsrld $10,%ymm27,%ymm28
vprord $17,%ymm27,%ymm13
vmovq -840(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm27,%ymm15
vpaddd -2304(%rdi),%ymm18,%ymm16
vpaddd -1728(%rdi),%ymm16,%ymm30
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm14,%ymm30,%ymm21
vpxord %ymm15,%ymm13,%ymm29
vpxord %ymm28,%ymm29,%ymm23
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -3008(%rdi),%ymm17,%ymm24
vmovdqa64 %ymm21,-2304(%rdi)
vpaddd 172(%rdi){1to8},%ymm20,%ymm31
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpaddd 176(%rdi){1to8},%ymm21,%ymm25
vpaddd -2432(%rdi),%ymm24,%ymm19
vpaddd %ymm23,%ymm19,%ymm26
vmovq -808(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm26,-3008(%rdi)
vpunpckldq %ymm25,%ymm31,%ymm27
vmovdqa64 %ymm27,-64(%r11)
vmovq -784(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm25,%ymm31,%ymm18
vpaddd -208(%rdi){1to8},%ymm22,%ymm16
vpaddd -204(%rdi){1to8},%ymm26,%ymm30
vmovq -776(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm30,%ymm16,%ymm14
vmovdqa64 %ymm18,-32(%r11)
vmovdqa64 -2176(%rdi),%ymm13
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm13,%ymm15
vmovdqa64 %ymm14,0(%r9)
vpunpckhdq %ymm30,%ymm16,%ymm29
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm29,32(%r9)
vprord $7,%ymm13,%ymm28
vprord $18,%ymm13,%ymm17
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm17,%ymm28,%ymm24
vmovdqa64 -2880(%rdi),%ymm19
vpsrld $3,%ymm19,%ymm23
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm19,%ymm27
vpxord %ymm15,%ymm24,%ymm31
vpsrld $10,%ymm20,%ymm25
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm20,%ymm18
vprord $18,%ymm19,%ymm14
vpxord %ymm14,%ymm27,%ymm16
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm23,%ymm16,%ymm30
vprord $19,%ymm20,%ymm29
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm29,%ymm18,%ymm13
vpxord %ymm25,%ymm13,%ymm28
vpsrld $10,%ymm22,%ymm17
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm22,%ymm24
vprord $19,%ymm22,%ymm15
vpaddd -2240(%rdi),%ymm31,%ymm19
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpaddd -1664(%rdi),%ymm19,%ymm27
vpaddd %ymm28,%ymm27,%ymm14
vpxord %ymm15,%ymm24,%ymm16
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm17,%ymm16,%ymm23
vpaddd -2944(%rdi),%ymm30,%ymm20
vmovdqa64 %ymm14,-2240(%rdi)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 -2112(%rdi),%ymm18
vpsrld $3,%ymm18,%ymm29
vpaddd -2368(%rdi),%ymm20,%ymm13
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm23,%ymm13,%ymm25
vmovdqa64 %ymm25,-2944(%rdi)
vprord $7,%ymm18,%ymm22
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm18,%ymm31
vpxord %ymm31,%ymm22,%ymm19
vmovdqa64 -2816(%rdi),%ymm27
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $3,%ymm27,%ymm28
vprord $7,%ymm27,%ymm24
vpxord %ymm29,%ymm19,%ymm15
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpsrld $10,%ymm21,%ymm16
vprord $17,%ymm21,%ymm17
vprord $18,%ymm27,%ymm30
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm30,%ymm24,%ymm20
vpxord %ymm28,%ymm20,%ymm13
vprord $19,%ymm21,%ymm23
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm23,%ymm17,%ymm18
vpxord %ymm16,%ymm18,%ymm22
vpaddd -2176(%rdi),%ymm15,%ymm31
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1600(%rdi),%ymm31,%ymm19
vpaddd %ymm22,%ymm19,%ymm29
vpsrld $10,%ymm26,%ymm27
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm26,%ymm24
vprord $19,%ymm26,%ymm30
vmovdqa64 %ymm29,-2176(%rdi)
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 180(%rdi){1to8},%ymm14,%ymm20
vpaddd 184(%rdi){1to8},%ymm29,%ymm28
vpxord %ymm30,%ymm24,%ymm21
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpxord %ymm27,%ymm21,%ymm17
vpaddd -2880(%rdi),%ymm13,%ymm23
vpunpckldq %ymm28,%ymm20,%ymm18
vmovq -552(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm18,0(%r11)
vpunpckhdq %ymm28,%ymm20,%ymm16
vpaddd -3328(%rdi),%ymm23,%ymm15
vmovq -528(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm17,%ymm15,%ymm31
vmovdqa64 %ymm31,-2880(%rdi)
vmovdqa64 %ymm16,32(%r11)
vmovq -520(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -2048(%rdi),%ymm19
vpsrld $3,%ymm19,%ymm22
vpaddd -200(%rdi){1to8},%ymm25,%ymm26
vmovq -576(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -196(%rdi){1to8},%ymm31,%ymm24
vpunpckldq %ymm24,%ymm26,%ymm30
vprord $7,%ymm19,%ymm21
vmovq -568(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $18,%ymm19,%ymm27
vpxord %ymm27,%ymm21,%ymm13
vmovdqa64 %ymm30,64(%r9)
vmovq -544(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpunpckhdq %ymm24,%ymm26,%ymm18
vmovdqa64 %ymm18,96(%r9)
vmovq -488(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm22,%ymm13,%ymm20
vpsrld $10,%ymm14,%ymm28
vprord $17,%ymm14,%ymm23
vmovq -464(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -2752(%rdi),%ymm15
vpsrld $3,%ymm15,%ymm17
vprord $7,%ymm15,%ymm16
vmovq -456(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm14,%ymm19
vpxord %ymm19,%ymm23,%ymm21
vpxord %ymm28,%ymm21,%ymm27
vmovq -512(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm15,%ymm30
vpxord %ymm30,%ymm16,%ymm26
vpxord %ymm17,%ymm26,%ymm24
vmovq -504(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -2112(%rdi),%ymm20,%ymm18
vpaddd -1536(%rdi),%ymm18,%ymm13
vpaddd %ymm27,%ymm13,%ymm22
vmovq -480(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpsrld $10,%ymm25,%ymm14
vprord $17,%ymm25,%ymm23
vprord $19,%ymm25,%ymm19
vmovq -424(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm22,-2112(%rdi)
vmovdqa64 -1984(%rdi),%ymm21
vpsrld $3,%ymm21,%ymm28
vmovq -400(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm19,%ymm23,%ymm15
vpxord %ymm14,%ymm15,%ymm16
vpaddd -2816(%rdi),%ymm24,%ymm30
vmovq -392(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $7,%ymm21,%ymm26
vprord $18,%ymm21,%ymm17
vpxord %ymm17,%ymm26,%ymm20
vmovq -448(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3264(%rdi),%ymm30,%ymm18
vpaddd %ymm16,%ymm18,%ymm13
vmovdqa64 %ymm13,-2816(%rdi)
vmovq -440(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm28,%ymm20,%ymm27
vpsrld $10,%ymm29,%ymm25
vprord $17,%ymm29,%ymm23
vmovq -416(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vmovdqa64 -2688(%rdi),%ymm19
vpsrld $3,%ymm19,%ymm15
vprord $7,%ymm19,%ymm14
vmovq -360(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $19,%ymm29,%ymm24
vpxord %ymm24,%ymm23,%ymm21
vpxord %ymm25,%ymm21,%ymm26
vmovq -336(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm19,%ymm17
vpxord %ymm17,%ymm14,%ymm30
vpxord %ymm15,%ymm30,%ymm18
vmovq -328(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -2048(%rdi),%ymm27,%ymm16
vpaddd -1472(%rdi),%ymm16,%ymm20
vpaddd %ymm26,%ymm20,%ymm28
vmovq -384(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm31,%ymm29
vprord $17,%ymm31,%ymm23
vprord $19,%ymm31,%ymm24
vmovq -376(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm28,-2048(%rdi)
vpaddd 188(%rdi){1to8},%ymm22,%ymm21
vpaddd 192(%rdi){1to8},%ymm28,%ymm25
vmovq -352(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpxord %ymm24,%ymm23,%ymm19
vpxord %ymm29,%ymm19,%ymm14
vpaddd -2752(%rdi),%ymm18,%ymm17
vmovq -296(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm25,%ymm21,%ymm30
vmovdqa64 %ymm30,64(%r11)
vpunpckhdq %ymm25,%ymm21,%ymm15
vmovq -272(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3200(%rdi),%ymm17,%ymm27
vpaddd %ymm14,%ymm27,%ymm16
vmovdqa64 %ymm16,-2752(%rdi)
vmovq -264(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm15,96(%r11)
vmovdqa64 -1920(%rdi),%ymm20
vmovq -320(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm20,%ymm26
vprord $7,%ymm20,%ymm31
vprord $18,%ymm20,%ymm23
vmovq -312(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm23,%ymm31,%ymm24
vpaddd -192(%rdi){1to8},%ymm13,%ymm19
vpaddd -188(%rdi){1to8},%ymm16,%ymm29
vmovq -288(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpunpckldq %ymm29,%ymm19,%ymm18
vpxord %ymm26,%ymm24,%ymm30
vpsrld $10,%ymm22,%ymm21
vmovq -232(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm22,%ymm25
vmovdqa64 %ymm18,128(%r9)
vpunpckhdq %ymm29,%ymm19,%ymm17
vmovq -208(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm17,160(%r9)
vprord $19,%ymm22,%ymm27
vpxord %ymm27,%ymm25,%ymm14
vmovq -200(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm21,%ymm14,%ymm15
vmovdqa64 -2624(%rdi),%ymm20
vpsrld $3,%ymm20,%ymm31
vmovq -256(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $7,%ymm20,%ymm23
vpaddd -1984(%rdi),%ymm30,%ymm24
vpaddd -1408(%rdi),%ymm24,%ymm26
vmovq -248(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd %ymm15,%ymm26,%ymm18
vprord $18,%ymm20,%ymm19
vpxord %ymm19,%ymm23,%ymm29
vmovq -224(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpxord %ymm31,%ymm29,%ymm17
vmovdqa64 %ymm18,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm22
vmovq -168(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm22,%ymm25
vpsrld $10,%ymm13,%ymm27
vprord $17,%ymm13,%ymm14
vmovq -144(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm13,%ymm21
vprord $7,%ymm22,%ymm30
vprord $18,%ymm22,%ymm24
vmovq -136(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm24,%ymm30,%ymm26
vpxord %ymm21,%ymm14,%ymm15
vpxord %ymm27,%ymm15,%ymm20
vmovq -192(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2688(%rdi),%ymm17,%ymm23
vpxord %ymm25,%ymm26,%ymm19
vpsrld $10,%ymm28,%ymm29
vmovq -184(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm28,%ymm31
vpaddd -3136(%rdi),%ymm23,%ymm13
vpaddd %ymm20,%ymm13,%ymm22
vmovq -160(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vmovdqa64 %ymm22,-2688(%rdi)
vprord $19,%ymm28,%ymm30
vpxord %ymm30,%ymm31,%ymm24
vmovq -104(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm29,%ymm24,%ymm14
vmovdqa64 -2560(%rdi),%ymm21
vpsrld $3,%ymm21,%ymm15
vmovq -80(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $7,%ymm21,%ymm27
vpaddd -1920(%rdi),%ymm19,%ymm17
vpaddd -1344(%rdi),%ymm17,%ymm26
vmovq -72(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm14,%ymm26,%ymm25
vprord $18,%ymm21,%ymm23
vpxord %ymm23,%ymm27,%ymm13
vmovq -128(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm15,%ymm13,%ymm20
vmovdqa64 %ymm25,-1920(%rdi)
vpaddd 196(%rdi){1to8},%ymm18,%ymm28
vmovq -120(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd 200(%rdi){1to8},%ymm25,%ymm31
vpsrld $10,%ymm16,%ymm30
vprord $17,%ymm16,%ymm24
vmovq -96(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vprord $19,%ymm16,%ymm29
vpunpckldq %ymm31,%ymm28,%ymm19
vmovdqa64 %ymm19,128(%r11)
vmovq -40(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckhdq %ymm31,%ymm28,%ymm17
vpxord %ymm29,%ymm24,%ymm26
vmovq -16(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm30,%ymm26,%ymm14
vpaddd -2624(%rdi),%ymm20,%ymm21
vmovdqa64 %ymm17,160(%r11)
vmovq -8(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -1792(%rdi),%ymm27
vpsrld $3,%ymm27,%ymm23
vpaddd -3072(%rdi),%ymm21,%ymm13
vmovq -64(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm14,%ymm13,%ymm15
vmovdqa64 %ymm15,-2624(%rdi)
vprord $7,%ymm27,%ymm16
vmovq -56(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $18,%ymm27,%ymm19
vpxord %ymm19,%ymm16,%ymm28
vpaddd -184(%rdi){1to8},%ymm22,%ymm31
vmovq -32(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpaddd -180(%rdi){1to8},%ymm15,%ymm24
vpunpckldq %ymm24,%ymm31,%ymm29
vpxord %ymm23,%ymm28,%ymm26
vmovq 24(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $10,%ymm18,%ymm30
vprord $17,%ymm18,%ymm20
vmovdqa64 %ymm29,192(%r9)
vmovq 48(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm24,%ymm31,%ymm17
vmovdqa64 %ymm17,224(%r9)
vprord $19,%ymm18,%ymm21
vmovq 56(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm21,%ymm20,%ymm13
vpxord %ymm30,%ymm13,%ymm14
vmovdqa64 -2496(%rdi),%ymm27
vmovq 0(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $3,%ymm27,%ymm16
vprord $7,%ymm27,%ymm19
vpaddd -1856(%rdi),%ymm26,%ymm28
vmovq 8(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -2304(%rdi),%ymm28,%ymm23
vpaddd %ymm14,%ymm23,%ymm29
vmovdqa64 %ymm29,-1856(%rdi)
vmovq 32(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vmovdqa64 -1728(%rdi),%ymm31
vpsrld $3,%ymm31,%ymm24
vprord $18,%ymm27,%ymm17
vmovq 88(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm17,%ymm19,%ymm18
vpxord %ymm16,%ymm18,%ymm20
vprord $7,%ymm31,%ymm21
vmovq 112(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $18,%ymm31,%ymm13
vpxord %ymm13,%ymm21,%ymm30
vpsrld $10,%ymm22,%ymm26
vmovq 120(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm22,%ymm28
vprord $19,%ymm22,%ymm23
vpxord %ymm24,%ymm30,%ymm14
vmovq 64(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm25,%ymm27
vprord $17,%ymm25,%ymm19
vpxord %ymm23,%ymm28,%ymm17
vmovq 72(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm26,%ymm17,%ymm18
vpaddd -2560(%rdi),%ymm20,%ymm16
vprord $19,%ymm25,%ymm31
vmovq 96(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm31,%ymm19,%ymm21
vpxord %ymm27,%ymm21,%ymm13
vpaddd -3008(%rdi),%ymm16,%ymm22
vmovq 152(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm18,%ymm22,%ymm30
vmovdqa64 %ymm30,-2560(%rdi)
vpaddd -1792(%rdi),%ymm14,%ymm24
vmovq 176(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2240(%rdi),%ymm24,%ymm28
vpaddd %ymm13,%ymm28,%ymm23
vmovdqa64 -2432(%rdi),%ymm17
vmovq 184(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $3,%ymm17,%ymm26
vprord $7,%ymm17,%ymm20
vmovdqa64 %ymm23,-1792(%rdi)
vmovq 128(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 204(%rdi){1to8},%ymm29,%ymm25
vpaddd 208(%rdi){1to8},%ymm23,%ymm19
vmovq 136(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $18,%ymm17,%ymm31
vpxord %ymm31,%ymm20,%ymm21
vpxord %ymm26,%ymm21,%ymm27
vmovq 160(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpunpckldq %ymm19,%ymm25,%ymm16
vmovdqa64 %ymm16,192(%r11)
vpunpckhdq %ymm19,%ymm25,%ymm22
vmovq 216(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm15,%ymm18
vprord $17,%ymm15,%ymm14
vprord $19,%ymm15,%ymm24
vmovq 240(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm22,224(%r11)
vmovdqa64 -1664(%rdi),%ymm28
vpsrld $3,%ymm28,%ymm13
vmovq 248(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm24,%ymm14,%ymm17
vpxord %ymm18,%ymm17,%ymm20
vpaddd -2496(%rdi),%ymm27,%ymm31
vmovq 192(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm28,%ymm21
vprord $18,%ymm28,%ymm26
vpxord %ymm26,%ymm21,%ymm16
vmovq 200(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -2944(%rdi),%ymm31,%ymm25
vpaddd %ymm20,%ymm25,%ymm19
vmovdqa64 %ymm19,-2496(%rdi)
vmovq 224(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm13,%ymm16,%ymm15
vpsrld $10,%ymm29,%ymm22
vprord $17,%ymm29,%ymm14
vmovq 280(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -176(%rdi){1to8},%ymm30,%ymm24
vpaddd -172(%rdi){1to8},%ymm19,%ymm17
vpunpckldq %ymm17,%ymm24,%ymm18
vmovq 304(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm29,%ymm27
vpxord %ymm27,%ymm14,%ymm28
vpxord %ymm22,%ymm28,%ymm21
vmovq 312(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm18,256(%r9)
vpunpckhdq %ymm17,%ymm24,%ymm26
vmovdqa64 %ymm26,288(%r9)
vmovq 256(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -1728(%rdi),%ymm15,%ymm31
vpaddd -2176(%rdi),%ymm31,%ymm25
vpaddd %ymm21,%ymm25,%ymm20
vmovq 264(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 -2368(%rdi),%ymm16
vpsrld $3,%ymm16,%ymm13
vprord $7,%ymm16,%ymm29
vmovq 288(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vmovdqa64 %ymm20,-1728(%rdi)
vmovdqa64 -1600(%rdi),%ymm14
vpsrld $3,%ymm14,%ymm27
vmovq 344(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm16,%ymm28
vpxord %ymm28,%ymm29,%ymm22
vpxord %ymm13,%ymm22,%ymm18
vmovq 368(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm14,%ymm24
vprord $18,%ymm14,%ymm17
vpxord %ymm17,%ymm24,%ymm26
vmovq 376(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm30,%ymm15
vprord $17,%ymm30,%ymm31
vprord $19,%ymm30,%ymm25
vmovq 320(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm27,%ymm26,%ymm21
vpsrld $10,%ymm23,%ymm16
vprord $17,%ymm23,%ymm29
vmovq 328(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm23,%ymm28
vpxord %ymm28,%ymm29,%ymm22
vpxord %ymm16,%ymm22,%ymm13
vmovq 352(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm25,%ymm31,%ymm14
vpxord %ymm15,%ymm14,%ymm24
vpaddd -2432(%rdi),%ymm18,%ymm17
vmovq 408(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -1664(%rdi),%ymm21,%ymm30
vpaddd -2112(%rdi),%ymm30,%ymm26
vmovq 432(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd %ymm13,%ymm26,%ymm27
vpaddd -2880(%rdi),%ymm17,%ymm23
vpaddd %ymm24,%ymm23,%ymm29
vmovq 440(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm29,-2432(%rdi)
vmovdqa64 %ymm27,-1664(%rdi)
vpaddd 212(%rdi){1to8},%ymm20,%ymm28
vmovq 384(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 216(%rdi){1to8},%ymm27,%ymm22
vmovdqa64 -3328(%rdi),%ymm16
vpsrld $3,%ymm16,%ymm31
vmovq 392(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $7,%ymm16,%ymm25
vpunpckldq %ymm22,%ymm28,%ymm14
vmovdqa64 %ymm14,256(%r11)
vmovq 416(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpunpckhdq %ymm22,%ymm28,%ymm15
vprord $18,%ymm16,%ymm18
vpxord %ymm18,%ymm25,%ymm21
vmovq 472(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm31,%ymm21,%ymm30
vmovdqa64 %ymm15,288(%r11)
vmovdqa64 -1536(%rdi),%ymm26
vmovq 496(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm26,%ymm13
vpsrld $10,%ymm19,%ymm17
vprord $17,%ymm19,%ymm23
vmovq 504(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm19,%ymm24
vprord $7,%ymm26,%ymm14
vprord $18,%ymm26,%ymm28
vmovq 448(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm28,%ymm14,%ymm22
vpxord %ymm24,%ymm23,%ymm16
vpxord %ymm17,%ymm16,%ymm25
vmovq 456(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -2368(%rdi),%ymm30,%ymm18
vpxord %ymm13,%ymm22,%ymm21
vpsrld $10,%ymm20,%ymm31
vmovq 480(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vprord $17,%ymm20,%ymm15
vpaddd -2816(%rdi),%ymm18,%ymm19
vpaddd %ymm25,%ymm19,%ymm26
vmovq 536(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm26,-2368(%rdi)
vprord $19,%ymm20,%ymm14
vpxord %ymm14,%ymm15,%ymm28
vmovq 560(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm31,%ymm28,%ymm23
vpaddd -168(%rdi){1to8},%ymm29,%ymm24
vpaddd -164(%rdi){1to8},%ymm26,%ymm16
vmovq 568(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm16,%ymm24,%ymm17
vpaddd -1600(%rdi),%ymm21,%ymm30
vpaddd -2048(%rdi),%ymm30,%ymm22
vmovq 512(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm23,%ymm22,%ymm13
vmovdqa64 %ymm17,320(%r9)
vpunpckhdq %ymm16,%ymm24,%ymm18
vmovq 520(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm18,352(%r9)
vmovdqa64 %ymm13,-1600(%rdi)
vmovdqa64 -1472(%rdi),%ymm19
vmovq 544(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpsrld $3,%ymm19,%ymm25
vmovdqa64 -3264(%rdi),%ymm20
vpsrld $3,%ymm20,%ymm15
vmovq 600(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm20,%ymm14
vprord $7,%ymm19,%ymm28
vprord $18,%ymm19,%ymm31
vmovq 624(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm31,%ymm28,%ymm21
vprord $18,%ymm20,%ymm30
vpxord %ymm30,%ymm14,%ymm22
vmovq 632(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm15,%ymm22,%ymm23
vpxord %ymm25,%ymm21,%ymm17
vpsrld $10,%ymm27,%ymm24
vmovq 576(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm27,%ymm16
vpsrld $10,%ymm29,%ymm18
vprord $17,%ymm29,%ymm19
vmovq 584(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm29,%ymm28
vprord $19,%ymm27,%ymm31
vmovq 608(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm31,%ymm16,%ymm20
vpxord %ymm24,%ymm20,%ymm14
vpxord %ymm28,%ymm19,%ymm30
vmovq 664(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm18,%ymm30,%ymm22
vpaddd -3328(%rdi),%ymm23,%ymm15
vpaddd -1536(%rdi),%ymm17,%ymm21
vmovq 688(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -1984(%rdi),%ymm21,%ymm25
vpaddd %ymm14,%ymm25,%ymm29
vpaddd -2752(%rdi),%ymm15,%ymm27
vmovq 696(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm22,%ymm27,%ymm16
vmovdqa64 %ymm16,-3328(%rdi)
vmovdqa64 %ymm29,-1536(%rdi)
vmovq 640(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 220(%rdi){1to8},%ymm13,%ymm31
vpaddd 224(%rdi){1to8},%ymm29,%ymm20
vmovdqa64 -3200(%rdi),%ymm24
vmovq 648(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $3,%ymm24,%ymm19
vprord $7,%ymm24,%ymm28
vpunpckldq %ymm20,%ymm31,%ymm30
vmovq 672(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vmovdqa64 %ymm30,320(%r11)
vpunpckhdq %ymm20,%ymm31,%ymm18
vmovdqa64 %ymm18,352(%r11)
vmovq 728(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -1408(%rdi),%ymm23
vpsrld $3,%ymm23,%ymm17
vprord $18,%ymm24,%ymm21
vmovq 752(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm21,%ymm28,%ymm25
vpxord %ymm19,%ymm25,%ymm14
vprord $7,%ymm23,%ymm15
vmovq 760(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $18,%ymm23,%ymm27
vpxord %ymm27,%ymm15,%ymm22
vpsrld $10,%ymm26,%ymm30
vmovq 704(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm26,%ymm31
vprord $19,%ymm26,%ymm20
vpxord %ymm17,%ymm22,%ymm18
vmovq 712(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm13,%ymm24
vprord $17,%ymm13,%ymm28
vpxord %ymm20,%ymm31,%ymm21
vmovq 736(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpxord %ymm30,%ymm21,%ymm25
vpaddd -3264(%rdi),%ymm14,%ymm19
vprord $19,%ymm13,%ymm23
vmovq 792(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm28,%ymm15
vpxord %ymm24,%ymm15,%ymm27
vpaddd -2688(%rdi),%ymm19,%ymm26
vmovq 816(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd %ymm25,%ymm26,%ymm22
vmovdqa64 %ymm22,-3264(%rdi)
vpaddd -1472(%rdi),%ymm18,%ymm17
vmovq 824(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1920(%rdi),%ymm17,%ymm31
vpaddd %ymm27,%ymm31,%ymm20
vpaddd -160(%rdi){1to8},%ymm16,%ymm21
vmovq 768(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -156(%rdi){1to8},%ymm22,%ymm30
vpunpckldq %ymm30,%ymm21,%ymm14
vmovdqa64 %ymm20,-1472(%rdi)
vmovq 776(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 -1344(%rdi),%ymm13
vpsrld $3,%ymm13,%ymm28
vmovdqa64 %ymm14,384(%r9)
vmovq 800(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm11,%xmm12
vpunpckhdq %ymm30,%ymm21,%ymm23
vmovdqa64 %ymm23,416(%r9)
vprord $7,%ymm13,%ymm15
vmovq 856(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm13,%ymm24
vpxord %ymm24,%ymm15,%ymm19
vmovdqa64 -3136(%rdi),%ymm26
vmovq 880(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm26,%ymm25
vprord $7,%ymm26,%ymm18
vmovq 888(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm28,%ymm19,%ymm17
vpsrld $10,%ymm29,%ymm31
vprord $17,%ymm29,%ymm27
vmovq 832(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm26,%ymm14
vpxord %ymm14,%ymm18,%ymm21
vpxord %ymm25,%ymm21,%ymm30
vmovq 840(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $19,%ymm29,%ymm23
vpxord %ymm23,%ymm27,%ymm13
vpxord %ymm31,%ymm13,%ymm15
vmovq 864(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm12,%xmm11
vpsrld $10,%ymm16,%ymm24
vprord $17,%ymm16,%ymm19
vprord $19,%ymm16,%ymm28
vmovdqa %xmm1,-432(%rdi)
nop
vpaddd -1408(%rdi),%ymm17,%ymm26
vpaddd -1856(%rdi),%ymm26,%ymm18
vpaddd %ymm15,%ymm18,%ymm14
vmovdqa %xmm3,-416(%rdi)
nop
vpxord %ymm28,%ymm19,%ymm21
vpxord %ymm24,%ymm21,%ymm25
vpaddd -3200(%rdi),%ymm30,%ymm29
vmovdqa %xmm5,-400(%rdi)
nop
vmovdqa64 %ymm14,-1408(%rdi)
vpaddd 228(%rdi){1to8},%ymm20,%ymm27
vpaddd 232(%rdi){1to8},%ymm14,%ymm23
vmovdqa %xmm7,-768(%rdi)
nop
vmovdqa %xmm8,-640(%rdi)
vpaddd -2624(%rdi),%ymm29,%ymm13
vpaddd %ymm25,%ymm13,%ymm31
vmovdqa64 %ymm31,-3200(%rdi)
vmovdqa %xmm9,-736(%rdi)
nop
vmovdqa %xmm10,-608(%rdi)
vpunpckldq %ymm23,%ymm27,%ymm16
vmovdqa64 %ymm16,384(%r11)
vpunpckhdq %ymm23,%ymm27,%ymm17
vmovdqa %xmm11,-704(%rdi)
nop
vmovdqa %xmm12,-576(%rdi)
vmovdqa64 -3072(%rdi),%ymm26
vpsrld $3,%ymm26,%ymm18
vprord $7,%ymm26,%ymm15
vmovdqa -384(%rdi),%xmm1
nop
vmovdqa -368(%rdi),%xmm2
vpaddd 908(%r8){1to4},%xmm1,%xmm1{%k2}
vmovdqa64 %ymm17,416(%r11)
vmovdqa64 -2304(%rdi),%ymm19
vpsrld $3,%ymm19,%ymm28
vmovdqa -384(%rdi),%xmm3
nop
vmovdqa -368(%rdi),%xmm4
vpaddd 912(%r8){1to4},%xmm3,%xmm3{%k2}
vprord $18,%ymm26,%ymm21
vpxord %ymm21,%ymm15,%ymm24
vpxord %ymm18,%ymm24,%ymm30
vmovdqa -384(%rdi),%xmm5
nop
vmovdqa -368(%rdi),%xmm6
vpaddd 916(%r8){1to4},%xmm5,%xmm5{%k2}
vprord $7,%ymm19,%ymm29
vprord $18,%ymm19,%ymm13
vpxord %ymm13,%ymm29,%ymm25
vmovdqa -384(%rdi),%xmm7
nop
vmovdqa -368(%rdi),%xmm8
vpaddd 920(%r8){1to4},%xmm7,%xmm7{%k2}
vpsrld $10,%ymm22,%ymm16
vprord $17,%ymm22,%ymm27
vprord $19,%ymm22,%ymm23
vmovdqa -384(%rdi),%xmm9
nop
vmovdqa -368(%rdi),%xmm10
vpaddd 924(%r8){1to4},%xmm9,%xmm9{%k2}
vpxord %ymm28,%ymm25,%ymm17
vpsrld $10,%ymm20,%ymm26
vprord $17,%ymm20,%ymm15
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm27,%ymm21
vpxord %ymm16,%ymm21,%ymm24
vpaddd -3136(%rdi),%ymm30,%ymm18
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm20,%ymm19
vpxord %ymm19,%ymm15,%ymm29
vpxord %ymm26,%ymm29,%ymm13
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1344(%rdi),%ymm17,%ymm22
vpaddd -1792(%rdi),%ymm22,%ymm25
vpaddd %ymm13,%ymm25,%ymm28
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2560(%rdi),%ymm18,%ymm27
vpaddd %ymm24,%ymm27,%ymm23
vmovdqa64 %ymm23,-3136(%rdi)
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vmovdqa64 %ymm28,-1344(%rdi)
vmovdqa64 -2240(%rdi),%ymm21
vpsrld $3,%ymm21,%ymm16
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -152(%rdi){1to8},%ymm31,%ymm30
vpaddd -148(%rdi){1to8},%ymm23,%ymm20
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckldq %ymm20,%ymm30,%ymm15
vprord $7,%ymm21,%ymm19
vprord $18,%ymm21,%ymm29
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm29,%ymm19,%ymm26
vmovdqa64 %ymm15,448(%r9)
vpunpckhdq %ymm20,%ymm30,%ymm17
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm17,480(%r9)
vpxord %ymm16,%ymm26,%ymm22
vpsrld $10,%ymm14,%ymm25
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm14,%ymm13
vmovdqa64 -3008(%rdi),%ymm18
vpsrld $3,%ymm18,%ymm27
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm18,%ymm24
vprord $19,%ymm14,%ymm21
vpxord %ymm21,%ymm13,%ymm19
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm25,%ymm19,%ymm29
vprord $18,%ymm18,%ymm15
vpxord %ymm15,%ymm24,%ymm30
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm27,%ymm30,%ymm20
vpaddd -2304(%rdi),%ymm22,%ymm17
vpaddd -1728(%rdi),%ymm17,%ymm26
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm29,%ymm26,%ymm16
vpsrld $10,%ymm31,%ymm14
vprord $17,%ymm31,%ymm13
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm31,%ymm21
vmovdqa64 %ymm16,-2304(%rdi)
vpaddd 236(%rdi){1to8},%ymm28,%ymm19
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd 240(%rdi){1to8},%ymm16,%ymm25
vpxord %ymm21,%ymm13,%ymm18
vpxord %ymm14,%ymm18,%ymm24
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3072(%rdi),%ymm20,%ymm15
vpunpckldq %ymm25,%ymm19,%ymm30
vmovdqa64 %ymm30,448(%r11)
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckhdq %ymm25,%ymm19,%ymm27
vpaddd -2496(%rdi),%ymm15,%ymm22
vpaddd %ymm24,%ymm22,%ymm17
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm17,-3072(%rdi)
vmovdqa64 %ymm27,480(%r11)
vmovdqa64 -2176(%rdi),%ymm26
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $3,%ymm26,%ymm29
vmovdqa64 -2944(%rdi),%ymm31
vpsrld $3,%ymm31,%ymm13
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm31,%ymm21
vprord $7,%ymm26,%ymm18
vprord $18,%ymm26,%ymm14
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm14,%ymm18,%ymm20
vprord $18,%ymm31,%ymm30
vpxord %ymm30,%ymm21,%ymm19
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm13,%ymm19,%ymm25
vpxord %ymm29,%ymm20,%ymm15
vpsrld $10,%ymm28,%ymm22
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm28,%ymm24
vpsrld $10,%ymm23,%ymm27
vprord $17,%ymm23,%ymm26
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $19,%ymm23,%ymm18
vprord $19,%ymm28,%ymm14
vpxord %ymm14,%ymm24,%ymm31
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm22,%ymm31,%ymm21
vpxord %ymm18,%ymm26,%ymm30
vpxord %ymm27,%ymm30,%ymm19
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3008(%rdi),%ymm25,%ymm13
vpaddd -2240(%rdi),%ymm15,%ymm20
vpaddd -1664(%rdi),%ymm20,%ymm29
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm21,%ymm29,%ymm23
vpaddd -2432(%rdi),%ymm13,%ymm28
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm19,%ymm28,%ymm24
vmovdqa64 %ymm24,-3008(%rdi)
vmovdqa64 %ymm23,-2240(%rdi)
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 -2112(%rdi),%ymm14
vpsrld $3,%ymm14,%ymm31
vpaddd -144(%rdi){1to8},%ymm17,%ymm22
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -140(%rdi){1to8},%ymm24,%ymm26
vpunpckldq %ymm26,%ymm22,%ymm18
vprord $7,%ymm14,%ymm30
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm14,%ymm27
vpxord %ymm27,%ymm30,%ymm25
vpxord %ymm31,%ymm25,%ymm15
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm16,%ymm20
vprord $17,%ymm16,%ymm29
vmovdqa64 %ymm18,512(%r9)
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhdq %ymm26,%ymm22,%ymm21
vmovdqa64 %ymm21,544(%r9)
vprord $19,%ymm16,%ymm13
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm13,%ymm29,%ymm28
vpxord %ymm20,%ymm28,%ymm19
vmovdqa64 -2880(%rdi),%ymm14
vmovq -536(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm14,%ymm30
vprord $7,%ymm14,%ymm27
vpaddd -2176(%rdi),%ymm15,%ymm25
vmovq -560(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -1600(%rdi),%ymm25,%ymm31
vpaddd %ymm19,%ymm31,%ymm18
vprord $18,%ymm14,%ymm22
vmovq -552(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm22,%ymm27,%ymm26
vpxord %ymm30,%ymm26,%ymm21
vmovdqa64 %ymm18,-2176(%rdi)
vmovq -528(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 244(%rdi){1to8},%ymm23,%ymm16
vpaddd 248(%rdi){1to8},%ymm18,%ymm29
vpsrld $10,%ymm17,%ymm13
vmovq -520(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $17,%ymm17,%ymm28
vprord $19,%ymm17,%ymm20
vpunpckldq %ymm29,%ymm16,%ymm15
vmovq -472(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm15,512(%r11)
vpunpckhdq %ymm29,%ymm16,%ymm25
vpxord %ymm20,%ymm28,%ymm31
vmovq -496(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm13,%ymm31,%ymm19
vpaddd -2944(%rdi),%ymm21,%ymm14
vmovdqa64 %ymm25,544(%r11)
vmovq -488(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 -2048(%rdi),%ymm27
vpsrld $3,%ymm27,%ymm22
vpaddd -2368(%rdi),%ymm14,%ymm26
vmovq -464(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm19,%ymm26,%ymm30
vmovdqa64 %ymm30,-2944(%rdi)
vprord $7,%ymm27,%ymm17
vmovq -456(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $18,%ymm27,%ymm15
vpxord %ymm15,%ymm17,%ymm16
vmovdqa64 -2816(%rdi),%ymm29
vmovq -408(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm29,%ymm28
vprord $7,%ymm29,%ymm20
vpxord %ymm22,%ymm16,%ymm31
vmovq -432(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $10,%ymm23,%ymm13
vprord $17,%ymm23,%ymm21
vprord $18,%ymm29,%ymm25
vmovq -424(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm25,%ymm20,%ymm14
vpxord %ymm28,%ymm14,%ymm26
vprord $19,%ymm23,%ymm19
vmovq -400(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm19,%ymm21,%ymm27
vpxord %ymm13,%ymm27,%ymm17
vmovq -392(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpsrld $10,%ymm24,%ymm15
vprord $17,%ymm24,%ymm16
vprord $19,%ymm24,%ymm22
vmovq -344(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2112(%rdi),%ymm31,%ymm29
vpaddd -1536(%rdi),%ymm29,%ymm20
vpaddd %ymm17,%ymm20,%ymm25
vmovq -368(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm22,%ymm16,%ymm14
vpxord %ymm15,%ymm14,%ymm28
vpaddd -2880(%rdi),%ymm26,%ymm23
vmovq -360(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm25,-2112(%rdi)
vmovdqa64 -1984(%rdi),%ymm21
vpsrld $3,%ymm21,%ymm19
vmovq -336(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -3328(%rdi),%ymm23,%ymm27
vpaddd %ymm28,%ymm27,%ymm13
vmovdqa64 %ymm13,-2880(%rdi)
vmovq -328(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $7,%ymm21,%ymm24
vprord $18,%ymm21,%ymm31
vpxord %ymm31,%ymm24,%ymm29
vmovq -280(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -136(%rdi){1to8},%ymm30,%ymm20
vpaddd -132(%rdi){1to8},%ymm13,%ymm17
vpunpckldq %ymm17,%ymm20,%ymm16
vmovq -304(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm19,%ymm29,%ymm22
vpsrld $10,%ymm18,%ymm14
vprord $17,%ymm18,%ymm15
vmovq -296(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm16,576(%r9)
vpunpckhdq %ymm17,%ymm20,%ymm26
vmovdqa64 %ymm26,608(%r9)
vmovq -272(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm18,%ymm23
vpxord %ymm23,%ymm15,%ymm27
vpxord %ymm14,%ymm27,%ymm28
vmovq -264(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 -2752(%rdi),%ymm21
vpsrld $3,%ymm21,%ymm24
vprord $7,%ymm21,%ymm31
vmovq -216(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2048(%rdi),%ymm22,%ymm29
vpaddd -1472(%rdi),%ymm29,%ymm19
vpaddd %ymm28,%ymm19,%ymm16
vmovq -240(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm21,%ymm20
vpxord %ymm20,%ymm31,%ymm17
vpxord %ymm24,%ymm17,%ymm26
vmovq -232(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm16,-2048(%rdi)
vpaddd 252(%rdi){1to8},%ymm25,%ymm18
vpaddd 256(%rdi){1to8},%ymm16,%ymm15
vmovq -208(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckldq %ymm15,%ymm18,%ymm23
vmovdqa64 %ymm23,576(%r11)
vpunpckhdq %ymm15,%ymm18,%ymm27
vmovq -200(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $10,%ymm30,%ymm14
vprord $17,%ymm30,%ymm22
vprord $19,%ymm30,%ymm29
vmovq -152(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm27,608(%r11)
vmovdqa64 -1920(%rdi),%ymm19
vpsrld $3,%ymm19,%ymm28
vmovq -176(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm29,%ymm22,%ymm21
vpxord %ymm14,%ymm21,%ymm31
vpaddd -2816(%rdi),%ymm26,%ymm20
vmovq -168(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $7,%ymm19,%ymm17
vprord $18,%ymm19,%ymm24
vpxord %ymm24,%ymm17,%ymm23
vmovq -144(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3264(%rdi),%ymm20,%ymm18
vpaddd %ymm31,%ymm18,%ymm15
vmovdqa64 %ymm15,-2816(%rdi)
vmovq -136(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm28,%ymm23,%ymm30
vpsrld $10,%ymm25,%ymm27
vmovq -88(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm25,%ymm22
vmovdqa64 -2688(%rdi),%ymm29
vpsrld $3,%ymm29,%ymm21
vmovq -112(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $7,%ymm29,%ymm14
vprord $19,%ymm25,%ymm26
vpxord %ymm26,%ymm22,%ymm19
vmovq -104(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm27,%ymm19,%ymm17
vprord $18,%ymm29,%ymm24
vpxord %ymm24,%ymm14,%ymm20
vmovq -80(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm21,%ymm20,%ymm18
vpaddd -1984(%rdi),%ymm30,%ymm31
vpaddd -1408(%rdi),%ymm31,%ymm23
vmovq -72(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd %ymm17,%ymm23,%ymm28
vpsrld $10,%ymm13,%ymm25
vprord $17,%ymm13,%ymm22
vmovq -24(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm13,%ymm26
vmovdqa64 %ymm28,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm19
vmovq -48(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm19,%ymm27
vpxord %ymm26,%ymm22,%ymm29
vpxord %ymm25,%ymm29,%ymm14
vmovq -40(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -2752(%rdi),%ymm18,%ymm24
vprord $7,%ymm19,%ymm20
vprord $18,%ymm19,%ymm21
vmovq -16(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm21,%ymm20,%ymm30
vpaddd -3200(%rdi),%ymm24,%ymm31
vpaddd %ymm14,%ymm31,%ymm23
vmovq -8(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -128(%rdi){1to8},%ymm15,%ymm17
vpxord %ymm27,%ymm30,%ymm13
vpsrld $10,%ymm16,%ymm22
vmovq 40(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm16,%ymm26
vpaddd -124(%rdi){1to8},%ymm23,%ymm29
vpunpckldq %ymm29,%ymm17,%ymm25
vmovq 16(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm25,640(%r9)
vprord $19,%ymm16,%ymm18
vpxord %ymm18,%ymm26,%ymm19
vmovq 24(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm22,%ymm19,%ymm20
vpunpckhdq %ymm29,%ymm17,%ymm21
vmovdqa64 %ymm21,672(%r9)
vmovq 48(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -2624(%rdi),%ymm24
vpaddd -1920(%rdi),%ymm13,%ymm31
vpaddd -1344(%rdi),%ymm31,%ymm14
vmovq 56(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd %ymm20,%ymm14,%ymm30
vpsrld $3,%ymm24,%ymm27
vprord $7,%ymm24,%ymm25
vmovq 104(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm24,%ymm16
vpaddd 260(%rdi){1to8},%ymm28,%ymm26
vpaddd 264(%rdi){1to8},%ymm30,%ymm18
vmovq 80(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckldq %ymm18,%ymm26,%ymm19
vpxord %ymm16,%ymm25,%ymm22
vpxord %ymm27,%ymm22,%ymm17
vmovq 88(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm15,%ymm29
vmovdqa64 %ymm19,640(%r11)
vpunpckhdq %ymm18,%ymm26,%ymm21
vmovq 112(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm21,672(%r11)
vprord $17,%ymm15,%ymm13
vprord $19,%ymm15,%ymm31
vmovq 120(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm31,%ymm13,%ymm14
vmovdqa64 -1792(%rdi),%ymm20
vpsrld $3,%ymm20,%ymm24
vmovq 168(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm20,%ymm25
vpxord %ymm29,%ymm14,%ymm16
vpaddd -2688(%rdi),%ymm17,%ymm22
vmovq 144(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -3136(%rdi),%ymm22,%ymm27
vprord $18,%ymm20,%ymm19
vmovq 152(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm19,%ymm25,%ymm26
vpxord %ymm24,%ymm26,%ymm18
vpaddd %ymm16,%ymm27,%ymm21
vmovq 176(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -2560(%rdi),%ymm15
vpsrld $3,%ymm15,%ymm13
vpsrld $10,%ymm28,%ymm31
vmovq 184(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vprord $17,%ymm28,%ymm14
vprord $19,%ymm28,%ymm29
vpxord %ymm29,%ymm14,%ymm17
vmovq 232(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm31,%ymm17,%ymm22
vpaddd -1856(%rdi),%ymm18,%ymm20
vprord $7,%ymm15,%ymm25
vmovq 208(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $18,%ymm15,%ymm19
vpxord %ymm19,%ymm25,%ymm26
vpaddd -2304(%rdi),%ymm20,%ymm24
vmovq 216(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm22,%ymm24,%ymm27
vmovdqa64 -1728(%rdi),%ymm16
vpxord %ymm13,%ymm26,%ymm28
vmovq 240(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm23,%ymm14
vprord $17,%ymm23,%ymm29
vpsrld $3,%ymm16,%ymm17
vmovq 248(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vprord $7,%ymm16,%ymm31
vprord $18,%ymm16,%ymm18
vprord $19,%ymm23,%ymm15
vmovq 296(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm15,%ymm29,%ymm25
vpxord %ymm14,%ymm25,%ymm19
vpxord %ymm18,%ymm31,%ymm20
vmovq 272(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm17,%ymm20,%ymm24
vpsrld $10,%ymm30,%ymm22
vpaddd -2624(%rdi),%ymm28,%ymm26
vmovq 280(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -3072(%rdi),%ymm26,%ymm13
vpaddd %ymm19,%ymm13,%ymm16
vprord $17,%ymm30,%ymm23
vmovq 304(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm30,%ymm29
vpxord %ymm29,%ymm23,%ymm15
vpaddd -120(%rdi){1to8},%ymm21,%ymm25
vmovq 312(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpaddd -116(%rdi){1to8},%ymm16,%ymm14
vpunpckldq %ymm14,%ymm25,%ymm31
vpxord %ymm22,%ymm15,%ymm18
vmovq 360(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -1792(%rdi),%ymm24,%ymm20
vpaddd -2240(%rdi),%ymm20,%ymm17
vmovdqa64 %ymm31,704(%r9)
vmovq 336(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm14,%ymm25,%ymm28
vmovdqa64 %ymm28,736(%r9)
vpaddd %ymm18,%ymm17,%ymm26
vmovq 344(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd 268(%rdi){1to8},%ymm27,%ymm13
vpaddd 272(%rdi){1to8},%ymm26,%ymm19
vmovdqa64 -2496(%rdi),%ymm30
vmovq 368(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm30,%ymm23
vprord $7,%ymm30,%ymm29
vpunpckldq %ymm19,%ymm13,%ymm15
vmovq 376(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vmovdqa64 %ymm15,704(%r11)
vpunpckhdq %ymm19,%ymm13,%ymm22
vprord $18,%ymm30,%ymm24
vmovq 424(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm24,%ymm29,%ymm20
vpxord %ymm23,%ymm20,%ymm31
vmovdqa64 %ymm22,736(%r11)
vmovq 400(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -1664(%rdi),%ymm25
vpsrld $3,%ymm25,%ymm14
vpsrld $10,%ymm21,%ymm28
vmovq 408(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm21,%ymm17
vprord $19,%ymm21,%ymm18
vmovq 432(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $7,%ymm25,%ymm15
vprord $18,%ymm25,%ymm13
vpxord %ymm13,%ymm15,%ymm19
vmovq 440(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm18,%ymm17,%ymm30
vpxord %ymm28,%ymm30,%ymm29
vpaddd -2560(%rdi),%ymm31,%ymm24
vmovq 488(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm14,%ymm19,%ymm20
vpsrld $10,%ymm27,%ymm23
vprord $17,%ymm27,%ymm22
vmovq 464(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3008(%rdi),%ymm24,%ymm21
vpaddd %ymm29,%ymm21,%ymm25
vmovdqa64 -2432(%rdi),%ymm15
vmovq 472(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm27,%ymm13
vpxord %ymm13,%ymm22,%ymm17
vpxord %ymm23,%ymm17,%ymm18
vmovq 496(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm15,%ymm30
vprord $7,%ymm15,%ymm28
vprord $18,%ymm15,%ymm31
vmovq 504(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpaddd -1728(%rdi),%ymm20,%ymm19
vpaddd -2176(%rdi),%ymm19,%ymm14
vpaddd %ymm18,%ymm14,%ymm24
vmovq 552(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm31,%ymm28,%ymm21
vpxord %ymm30,%ymm21,%ymm29
vpsrld $10,%ymm16,%ymm27
vmovq 528(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -1600(%rdi),%ymm22
vpsrld $3,%ymm22,%ymm13
vprord $7,%ymm22,%ymm17
vmovq 536(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm16,%ymm23
vprord $19,%ymm16,%ymm15
vpxord %ymm15,%ymm23,%ymm20
vmovq 560(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm22,%ymm19
vpxord %ymm19,%ymm17,%ymm14
vpxord %ymm13,%ymm14,%ymm18
vmovq 568(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpsrld $10,%ymm26,%ymm28
vprord $17,%ymm26,%ymm31
vprord $19,%ymm26,%ymm21
vmovq 616(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm27,%ymm20,%ymm30
vpaddd -2496(%rdi),%ymm29,%ymm16
vpaddd -2944(%rdi),%ymm16,%ymm23
vmovq 592(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm21,%ymm31,%ymm15
vpxord %ymm28,%ymm15,%ymm22
vpaddd -1664(%rdi),%ymm18,%ymm17
vmovq 600(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm30,%ymm23,%ymm19
vpaddd -112(%rdi){1to8},%ymm25,%ymm14
vpaddd -108(%rdi){1to8},%ymm19,%ymm13
vmovq 624(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2112(%rdi),%ymm17,%ymm26
vpaddd %ymm22,%ymm26,%ymm20
vpaddd 276(%rdi){1to8},%ymm24,%ymm27
vmovq 632(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpunpckldq %ymm13,%ymm14,%ymm29
vmovdqa64 %ymm29,768(%r9)
vpunpckhdq %ymm13,%ymm14,%ymm16
vmovq 680(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd 280(%rdi){1to8},%ymm20,%ymm31
vpunpckldq %ymm31,%ymm27,%ymm21
vmovdqa64 %ymm21,768(%r11)
vmovq 656(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm16,800(%r9)
vmovdqa64 -2368(%rdi),%ymm15
vpsrld $3,%ymm15,%ymm28
vmovq 664(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm31,%ymm27,%ymm18
vmovdqa64 %ymm18,800(%r11)
vmovdqa64 -1536(%rdi),%ymm23
vmovq 688(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $7,%ymm15,%ymm30
vprord $18,%ymm15,%ymm17
vmovq 696(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm17,%ymm30,%ymm26
vpsrld $3,%ymm23,%ymm22
vprord $7,%ymm23,%ymm29
vmovq 744(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm23,%ymm14
vpxord %ymm28,%ymm26,%ymm13
vpsrld $10,%ymm25,%ymm21
vmovq 720(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $17,%ymm25,%ymm16
vpxord %ymm14,%ymm29,%ymm27
vpxord %ymm22,%ymm27,%ymm31
vmovq 728(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm24,%ymm18
vprord $19,%ymm25,%ymm15
vpxord %ymm15,%ymm16,%ymm30
vmovq 752(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm21,%ymm30,%ymm17
vprord $17,%ymm24,%ymm23
vprord $19,%ymm24,%ymm26
vmovq 760(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm26,%ymm23,%ymm28
vpaddd -2432(%rdi),%ymm13,%ymm29
vpaddd -2880(%rdi),%ymm29,%ymm14
vmovq 808(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm17,%ymm14,%ymm27
vpxord %ymm18,%ymm28,%ymm22
vpaddd -1600(%rdi),%ymm31,%ymm25
vmovq 784(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2048(%rdi),%ymm25,%ymm16
vmovdqa64 -3328(%rdi),%ymm15
vpsrld $3,%ymm15,%ymm30
vmovq 792(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $7,%ymm15,%ymm21
vpaddd %ymm22,%ymm16,%ymm24
vmovdqa64 -1472(%rdi),%ymm23
vmovq 816(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $3,%ymm23,%ymm26
vprord $18,%ymm15,%ymm13
vpxord %ymm13,%ymm21,%ymm29
vmovq 824(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm9,%xmm10
vpxord %ymm30,%ymm29,%ymm14
vprord $7,%ymm23,%ymm17
vprord $18,%ymm23,%ymm28
vmovq 872(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm28,%ymm17,%ymm18
vpsrld $10,%ymm19,%ymm31
vprord $17,%ymm19,%ymm25
vmovq 848(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm19,%ymm16
vpxord %ymm26,%ymm18,%ymm22
vpsrld $10,%ymm20,%ymm15
vmovq 856(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm20,%ymm21
vpxord %ymm16,%ymm25,%ymm13
vpxord %ymm31,%ymm13,%ymm29
vmovq 880(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2368(%rdi),%ymm14,%ymm30
vprord $19,%ymm20,%ymm23
vpxord %ymm23,%ymm21,%ymm17
vmovq 888(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm10,%xmm9
vpxord %ymm15,%ymm17,%ymm28
vpaddd -2816(%rdi),%ymm30,%ymm19
vpaddd %ymm29,%ymm19,%ymm18
vmovdqa %xmm1,-672(%rdi)
nop
vmovdqa %xmm2,-544(%rdi)
vpaddd -104(%rdi){1to8},%ymm27,%ymm26
vpaddd -1536(%rdi),%ymm22,%ymm25
vpaddd -1984(%rdi),%ymm25,%ymm16
vmovdqa %xmm3,-752(%rdi)
nop
vmovdqa %xmm4,-624(%rdi)
vpaddd %ymm28,%ymm16,%ymm13
vpaddd -100(%rdi){1to8},%ymm18,%ymm31
vpunpckldq %ymm31,%ymm26,%ymm14
vmovdqa %xmm5,-720(%rdi)
nop
vmovdqa %xmm6,-592(%rdi)
vmovdqa64 %ymm14,832(%r9)
vpaddd 284(%rdi){1to8},%ymm24,%ymm20
vpaddd 288(%rdi){1to8},%ymm13,%ymm21
vmovdqa %xmm7,-688(%rdi)
nop
vmovdqa %xmm8,-560(%rdi)
vpunpckldq %ymm21,%ymm20,%ymm23
vpunpckhdq %ymm31,%ymm26,%ymm17
vmovdqa64 %ymm17,864(%r9)
vmovdqa %xmm9,-656(%rdi)
nop
vmovdqa %xmm10,-528(%rdi)
vmovdqa64 %ymm23,832(%r11)
vpunpckhdq %ymm21,%ymm20,%ymm15
vmovdqa64 %ymm15,864(%r11)
xchgq %r8,%r9
xchgq %r10,%r11
addq $8,%rdx
decq %rsi
jnz 2b
vzeroupper
ret
