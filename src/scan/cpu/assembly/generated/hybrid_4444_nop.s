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
vmovdqa64 -512(%rdi),%zmm9
vpaddd 448(%rdi){1to16},%zmm9,%zmm10
vmovdqa 16(%rdi),%xmm3
nop
vmovdqa 32(%rdi),%xmm4
vpaddd 900(%r10){1to4},%xmm3,%xmm3{%k2}
vprord $8,%zmm10,%zmm11
vprord $24,%zmm10,%zmm12
vpbroadcastd 452(%rdi),%zmm13
vmovdqa 16(%rdi),%xmm5
nop
vmovdqa 32(%rdi),%xmm6
vpaddd 904(%r10){1to4},%xmm5,%xmm5{%k2}
vpternlogd $0xca,%zmm12,%zmm11,%zmm13
vpcmpud $2,456(%rdi){1to16},%zmm13,%k1
kmovw %k1,0(%rdx)
vmovdqa64 -448(%rdi),%zmm14
vmovdqa 16(%rdi),%xmm7
nop
vmovdqa 32(%rdi),%xmm8
vpaddd 908(%r10){1to4},%xmm7,%xmm7{%k2}
vpaddd 448(%rdi){1to16},%zmm14,%zmm15
vprord $8,%zmm15,%zmm16
vprord $24,%zmm15,%zmm17
vmovq -1024(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpbroadcastd 452(%rdi),%zmm18
vpternlogd $0xca,%zmm17,%zmm16,%zmm18
vpcmpud $2,456(%rdi){1to16},%zmm18,%k1
kmovw %k1,2(%rdx)
vmovq -1016(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -768(%rdi),%ymm19
vmovdqa64 -736(%rdi),%ymm20
vmovdqa64 -704(%rdi),%ymm21
vmovq -992(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 -672(%rdi),%ymm22
vpunpckldq %ymm20,%ymm19,%ymm23
vpunpckldq %ymm22,%ymm21,%ymm24
vmovq -984(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhdq %ymm20,%ymm19,%ymm25
vpunpckhdq %ymm22,%ymm21,%ymm26
vpunpcklqdq %ymm24,%ymm23,%ymm27
vmovq -960(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckhqdq %ymm24,%ymm23,%ymm28
vpunpcklqdq %ymm26,%ymm25,%ymm29
vpunpckhqdq %ymm26,%ymm25,%ymm30
vmovq -952(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 436(%rdi){1to8},%ymm27,%ymm31
vmovdqa64 %ymm31,-1984(%rdi)
vpaddd 432(%rdi){1to8},%ymm28,%ymm9
vmovq -928(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm9,-2048(%rdi)
vpaddd 420(%rdi){1to8},%ymm29,%ymm10
vmovdqa64 %ymm10,-2240(%rdi)
vmovq -920(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 416(%rdi){1to8},%ymm30,%ymm11
vmovdqa64 %ymm11,-2304(%rdi)
vmovdqa64 %ymm11,896(%r11)
vmovq -896(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -640(%rdi),%ymm12
vmovdqa64 -608(%rdi),%ymm13
vmovdqa64 -576(%rdi),%ymm14
vmovq -888(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -544(%rdi),%ymm15
vpunpckldq %ymm13,%ymm12,%ymm16
vpunpckldq %ymm15,%ymm14,%ymm17
vmovq -864(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm13,%ymm12,%ymm18
vpunpckhdq %ymm15,%ymm14,%ymm19
vpunpcklqdq %ymm17,%ymm16,%ymm20
vmovq -856(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhqdq %ymm17,%ymm16,%ymm21
vpunpcklqdq %ymm19,%ymm18,%ymm22
vpunpckhqdq %ymm19,%ymm18,%ymm23
vmovq -832(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd 444(%rdi){1to8},%ymm20,%ymm24
vmovdqa64 %ymm24,-1856(%rdi)
vpaddd 440(%rdi){1to8},%ymm21,%ymm25
vmovq -824(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm25,-1920(%rdi)
vpaddd 428(%rdi){1to8},%ymm22,%ymm26
vmovdqa64 %ymm26,-2112(%rdi)
vmovq -800(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd 424(%rdi){1to8},%ymm23,%ymm27
vmovdqa64 %ymm27,-2176(%rdi)
vpaddd 52(%rdi){1to8},%ymm10,%ymm28
vmovq -792(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 56(%rdi){1to8},%ymm27,%ymm29
vpunpckldq %ymm29,%ymm28,%ymm30
movl 460(%rdi),%eax
addl $8,460(%rdi)
bswapl %eax
vpbroadcastd %eax,%ymm11
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd 464(%rdi),%ymm11,%ymm12
vmovdqa64 %ymm12,896(%r9)
vmovdqa64 %ymm30,-1024(%r11)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm29,%ymm28,%ymm13
vmovdqa64 %ymm13,-992(%r11)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm12,-3136(%rdi)
vmovdqa64 -3136(%rdi),%ymm14
vprord $7,%ymm14,%ymm15
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 60(%rdi){1to8},%ymm26,%ymm16
vpaddd 64(%rdi){1to8},%ymm9,%ymm17
vpunpckldq %ymm17,%ymm16,%ymm18
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm14,%ymm19
vpsrld $3,%ymm14,%ymm20
vpxord %ymm19,%ymm15,%ymm21
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm18,-960(%r11)
vpunpckhdq %ymm17,%ymm16,%ymm22
vmovdqa64 %ymm22,-928(%r11)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm20,%ymm21,%ymm23
vpaddd -88(%rdi){1to8},%ymm23,%ymm10
vmovdqa64 %ymm10,-3200(%rdi)
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 68(%rdi){1to8},%ymm31,%ymm27
vpaddd 72(%rdi){1to8},%ymm25,%ymm11
vpunpckldq %ymm11,%ymm27,%ymm30
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -3136(%rdi),%ymm28
vpaddd -84(%rdi){1to8},%ymm28,%ymm29
vmovdqa64 %ymm29,-3136(%rdi)
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm30,-896(%r11)
vpunpckhdq %ymm11,%ymm27,%ymm13
vmovdqa64 %ymm13,-864(%r11)
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -280(%rdi){1to8},%ymm10,%ymm12
vpaddd -276(%rdi){1to8},%ymm29,%ymm26
vpunpckldq %ymm26,%ymm12,%ymm9
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 76(%rdi){1to8},%ymm24,%ymm14
vpbroadcastd 80(%rdi),%ymm15
vpunpckldq %ymm15,%ymm14,%ymm19
vmovq -576(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm9,-576(%r9)
vpunpckhdq %ymm26,%ymm12,%ymm18
vmovdqa64 %ymm18,-544(%r9)
vmovq -568(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm19,-832(%r11)
vpunpckhdq %ymm15,%ymm14,%ymm16
vmovdqa64 %ymm16,-800(%r11)
vmovq -544(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm10,%ymm17
vprord $19,%ymm10,%ymm22
vpsrld $10,%ymm10,%ymm21
vmovq -536(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 -2240(%rdi),%ymm20
vprord $7,%ymm20,%ymm23
vprord $18,%ymm20,%ymm31
vmovq -512(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm22,%ymm17,%ymm25
vpxord %ymm21,%ymm25,%ymm28
vpaddd -80(%rdi){1to8},%ymm28,%ymm30
vmovq -504(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm20,%ymm27
vpxord %ymm31,%ymm23,%ymm11
vpxord %ymm27,%ymm11,%ymm13
vmovq -480(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm30,-3072(%rdi)
vprord $17,%ymm29,%ymm24
vprord $19,%ymm29,%ymm9
vmovq -472(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2304(%rdi),%ymm13,%ymm12
vmovdqa64 %ymm12,-2304(%rdi)
vpbroadcastd 108(%rdi),%ymm26
vmovq -448(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm29,%ymm18
vpxord %ymm9,%ymm24,%ymm19
vpxord %ymm18,%ymm19,%ymm14
vmovq -440(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 112(%rdi){1to8},%ymm12,%ymm15
vpunpckldq %ymm15,%ymm26,%ymm16
vmovdqa64 %ymm16,-576(%r11)
vmovq -416(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm14,-3008(%rdi)
vpaddd -272(%rdi){1to8},%ymm30,%ymm10
vmovq -408(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -268(%rdi){1to8},%ymm14,%ymm17
vpunpckhdq %ymm15,%ymm26,%ymm22
vmovdqa64 %ymm22,-544(%r11)
vmovq -384(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -2176(%rdi),%ymm25
vpunpckldq %ymm17,%ymm10,%ymm21
vmovdqa64 %ymm21,-512(%r9)
vmovq -376(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm17,%ymm10,%ymm28
vprord $7,%ymm25,%ymm20
vprord $18,%ymm25,%ymm23
vmovq -352(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $3,%ymm25,%ymm31
vmovdqa64 %ymm28,-480(%r9)
vprord $17,%ymm30,%ymm11
vmovq -344(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm30,%ymm27
vpxord %ymm23,%ymm20,%ymm13
vpxord %ymm31,%ymm13,%ymm29
vmovq -320(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -2240(%rdi),%ymm29,%ymm24
vpsrld $10,%ymm30,%ymm9
vpxord %ymm27,%ymm11,%ymm19
vmovq -312(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm9,%ymm19,%ymm18
vpaddd 308(%rdi){1to8},%ymm24,%ymm16
vmovdqa64 %ymm16,-2240(%rdi)
vmovq -288(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -2112(%rdi),%ymm26
vprord $7,%ymm26,%ymm15
vprord $18,%ymm26,%ymm22
vmovq -280(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm26,%ymm21
vpaddd -72(%rdi){1to8},%ymm18,%ymm10
vmovdqa64 %ymm10,-2944(%rdi)
vmovq -256(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm14,%ymm17
vpxord %ymm22,%ymm15,%ymm25
vpxord %ymm21,%ymm25,%ymm28
vmovq -248(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm12,%ymm20
vprord $19,%ymm14,%ymm23
vpsrld $10,%ymm14,%ymm13
vmovq -224(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm23,%ymm17,%ymm31
vprord $19,%ymm12,%ymm29
vpsrld $10,%ymm12,%ymm30
vmovq -216(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm29,%ymm20,%ymm11
vpxord %ymm13,%ymm31,%ymm27
vpaddd -68(%rdi){1to8},%ymm27,%ymm19
vmovq -192(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm19,-2880(%rdi)
vpxord %ymm30,%ymm11,%ymm9
vpaddd -2176(%rdi),%ymm28,%ymm24
vmovq -184(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm9,%ymm24,%ymm26
vpaddd -264(%rdi){1to8},%ymm10,%ymm18
vpaddd -260(%rdi){1to8},%ymm19,%ymm15
vmovq -160(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm15,%ymm18,%ymm22
vmovdqa64 %ymm26,-2176(%rdi)
vpaddd 116(%rdi){1to8},%ymm16,%ymm25
vmovq -152(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 120(%rdi){1to8},%ymm26,%ymm21
vmovdqa64 %ymm22,-448(%r9)
vpunpckhdq %ymm15,%ymm18,%ymm14
vmovq -128(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm14,-416(%r9)
vpunpckldq %ymm21,%ymm25,%ymm17
vmovdqa64 %ymm17,-512(%r11)
vmovq -120(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm21,%ymm25,%ymm23
vprord $17,%ymm10,%ymm12
vprord $19,%ymm10,%ymm20
vmovq -96(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm10,%ymm29
vmovdqa64 %ymm23,-480(%r11)
vmovdqa64 -2048(%rdi),%ymm31
vmovq -88(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $7,%ymm31,%ymm13
vpxord %ymm20,%ymm12,%ymm27
vpxord %ymm29,%ymm27,%ymm11
vmovq -64(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -64(%rdi){1to8},%ymm11,%ymm30
vprord $18,%ymm31,%ymm28
vmovq -56(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm31,%ymm24
vpxord %ymm28,%ymm13,%ymm9
vmovdqa64 %ymm30,-2816(%rdi)
vmovq -32(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm19,%ymm22
vprord $19,%ymm19,%ymm18
vpxord %ymm24,%ymm9,%ymm15
vmovq -24(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm16,%ymm14
vprord $19,%ymm16,%ymm17
vpsrld $10,%ymm19,%ymm25
vmovq 0(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm18,%ymm22,%ymm21
vpxord %ymm25,%ymm21,%ymm10
vpsrld $10,%ymm16,%ymm23
vmovq 8(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm17,%ymm14,%ymm12
vpxord %ymm23,%ymm12,%ymm20
vpaddd -3200(%rdi),%ymm10,%ymm27
vmovq 32(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm27,-2752(%rdi)
vpaddd -256(%rdi){1to8},%ymm30,%ymm29
vpaddd -2112(%rdi),%ymm15,%ymm11
vmovq 40(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm20,%ymm11,%ymm31
vmovdqa64 %ymm31,-2112(%rdi)
vpaddd -252(%rdi){1to8},%ymm27,%ymm13
vmovq 64(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm13,%ymm29,%ymm28
vmovdqa64 %ymm28,-384(%r9)
vmovdqa64 -1984(%rdi),%ymm9
vmovq 72(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm9,%ymm24
vprord $18,%ymm9,%ymm19
vpunpckhdq %ymm13,%ymm29,%ymm22
vmovq 96(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm22,-352(%r9)
vprord $17,%ymm30,%ymm18
vpsrld $3,%ymm9,%ymm21
vmovq 104(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm19,%ymm24,%ymm25
vpxord %ymm21,%ymm25,%ymm16
vprord $19,%ymm30,%ymm14
vmovq 128(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $10,%ymm30,%ymm17
vpxord %ymm14,%ymm18,%ymm12
vprord $17,%ymm26,%ymm23
vmovq 136(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm26,%ymm10
vpsrld $10,%ymm26,%ymm15
vpxord %ymm17,%ymm12,%ymm11
vmovq 160(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -3136(%rdi),%ymm11,%ymm20
vmovdqa64 %ymm20,-2688(%rdi)
vpxord %ymm10,%ymm23,%ymm28
vmovq 168(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm15,%ymm28,%ymm29
vpaddd -2048(%rdi),%ymm16,%ymm13
vpaddd %ymm29,%ymm13,%ymm22
vmovq 192(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm22,-2048(%rdi)
vpaddd 124(%rdi){1to8},%ymm31,%ymm9
vprord $17,%ymm27,%ymm24
vmovq 200(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm27,%ymm19
vpsrld $10,%ymm27,%ymm25
vpaddd 128(%rdi){1to8},%ymm22,%ymm21
vmovq 224(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm21,%ymm9,%ymm30
vmovdqa64 %ymm30,-448(%r11)
vpxord %ymm19,%ymm24,%ymm18
vmovq 232(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm25,%ymm18,%ymm14
vpaddd -3072(%rdi),%ymm14,%ymm26
vpunpckhdq %ymm21,%ymm9,%ymm12
vmovq 256(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm12,-416(%r11)
vmovdqa64 -1920(%rdi),%ymm17
vmovdqa64 %ymm26,-2624(%rdi)
vmovq 264(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -248(%rdi){1to8},%ymm20,%ymm11
vpaddd -244(%rdi){1to8},%ymm26,%ymm23
vmovq 288(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $7,%ymm17,%ymm10
vprord $18,%ymm17,%ymm28
vpsrld $3,%ymm17,%ymm15
vmovq 296(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckldq %ymm23,%ymm11,%ymm16
vmovdqa64 %ymm16,-320(%r9)
vpunpckhdq %ymm23,%ymm11,%ymm13
vmovq 320(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm28,%ymm10,%ymm29
vpxord %ymm15,%ymm29,%ymm27
vprord $17,%ymm31,%ymm30
vmovq 328(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm13,-288(%r9)
vprord $17,%ymm20,%ymm24
vprord $19,%ymm20,%ymm19
vmovq 352(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm31,%ymm18
vpsrld $10,%ymm31,%ymm25
vpxord %ymm18,%ymm30,%ymm14
vmovq 360(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm20,%ymm9
vpxord %ymm19,%ymm24,%ymm21
vpxord %ymm9,%ymm21,%ymm12
vmovq 384(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm25,%ymm14,%ymm17
vpaddd -1984(%rdi),%ymm27,%ymm16
vpaddd %ymm17,%ymm16,%ymm11
vmovq 392(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -3008(%rdi),%ymm12,%ymm23
vmovdqa64 %ymm23,-2560(%rdi)
vprord $17,%ymm26,%ymm10
vmovq 416(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm11,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm28
vprord $7,%ymm28,%ymm29
vmovq 424(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm26,%ymm15
vpsrld $10,%ymm26,%ymm13
vpxord %ymm15,%ymm10,%ymm31
vmovq 448(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm28,%ymm30
vpsrld $3,%ymm28,%ymm18
vpxord %ymm30,%ymm29,%ymm20
vmovq 456(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm13,%ymm31,%ymm24
vpaddd -2944(%rdi),%ymm24,%ymm19
vmovdqa64 %ymm19,-2496(%rdi)
vmovq 480(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm18,%ymm20,%ymm21
vprord $17,%ymm22,%ymm9
vprord $19,%ymm22,%ymm14
vmovq 488(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -240(%rdi){1to8},%ymm23,%ymm25
vpaddd -236(%rdi){1to8},%ymm19,%ymm27
vpunpckldq %ymm27,%ymm25,%ymm16
vmovq 512(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $10,%ymm22,%ymm17
vpxord %ymm14,%ymm9,%ymm12
vpxord %ymm17,%ymm12,%ymm26
vmovq 520(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm16,-256(%r9)
vpunpckhdq %ymm27,%ymm25,%ymm10
vmovdqa64 %ymm10,-224(%r9)
vmovq 544(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1920(%rdi),%ymm21,%ymm15
vpaddd 328(%rdi){1to8},%ymm15,%ymm28
vpaddd %ymm26,%ymm28,%ymm29
vmovq 552(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm23,%ymm30
vprord $19,%ymm23,%ymm31
vpsrld $10,%ymm23,%ymm13
vmovq 576(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm29,-1920(%rdi)
vpaddd 132(%rdi){1to8},%ymm11,%ymm24
vpaddd 136(%rdi){1to8},%ymm29,%ymm20
vmovq 584(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm31,%ymm30,%ymm18
vpxord %ymm13,%ymm18,%ymm22
vpaddd -2880(%rdi),%ymm22,%ymm9
vmovq 608(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm20,%ymm24,%ymm14
vmovdqa64 %ymm14,-384(%r11)
vmovq 616(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpunpckhdq %ymm20,%ymm24,%ymm12
vpaddd -40(%rdi){1to8},%ymm9,%ymm17
vmovdqa64 %ymm17,-2432(%rdi)
vmovq 640(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm19,%ymm16
vmovdqa64 %ymm12,-352(%r11)
vprord $17,%ymm11,%ymm25
vmovq 648(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm11,%ymm27
vprord $19,%ymm19,%ymm10
vpsrld $10,%ymm19,%ymm21
vmovq 672(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm10,%ymm16,%ymm15
vpsrld $10,%ymm11,%ymm28
vpxord %ymm27,%ymm25,%ymm26
vmovq 680(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm28,%ymm26,%ymm23
vpaddd -1856(%rdi),%ymm23,%ymm30
vpaddd -2304(%rdi),%ymm30,%ymm31
vmovq 704(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd 332(%rdi){1to8},%ymm31,%ymm18
vpxord %ymm21,%ymm15,%ymm13
vpaddd -2816(%rdi),%ymm13,%ymm22
vmovq 712(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -36(%rdi){1to8},%ymm22,%ymm14
vmovdqa64 %ymm18,-1856(%rdi)
vprord $17,%ymm29,%ymm24
vmovq 736(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm29,%ymm20
vmovdqa64 %ymm14,-2368(%rdi)
vpaddd -232(%rdi){1to8},%ymm17,%ymm9
vmovq 744(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -228(%rdi){1to8},%ymm14,%ymm12
vpsrld $10,%ymm29,%ymm19
vpxord %ymm20,%ymm24,%ymm16
vmovq 768(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm19,%ymm16,%ymm10
vpunpckldq %ymm12,%ymm9,%ymm11
vmovdqa64 %ymm11,-192(%r9)
vmovq 776(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm12,%ymm9,%ymm25
vpaddd -2240(%rdi),%ymm10,%ymm27
vpaddd 336(%rdi){1to8},%ymm27,%ymm26
vmovq 800(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm26,-1792(%rdi)
vmovdqa64 %ymm25,-160(%r9)
vprord $17,%ymm17,%ymm28
vmovq 808(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm17,%ymm23
vpaddd 140(%rdi){1to8},%ymm18,%ymm30
vpaddd 144(%rdi){1to8},%ymm26,%ymm31
vmovq 832(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm31,%ymm30,%ymm15
vpsrld $10,%ymm17,%ymm21
vpxord %ymm23,%ymm28,%ymm13
vmovq 840(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm21,%ymm13,%ymm22
vmovdqa64 %ymm15,-320(%r11)
vpunpckhdq %ymm31,%ymm30,%ymm29
vmovq 864(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm29,-288(%r11)
vpaddd -2752(%rdi),%ymm22,%ymm24
vpaddd -32(%rdi){1to8},%ymm24,%ymm20
vmovq 872(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm20,-3328(%rdi)
vprord $17,%ymm18,%ymm16
vprord $19,%ymm18,%ymm19
vmovdqa %xmm1,-512(%rdi)
nop
vpsrld $10,%ymm18,%ymm11
vmovdqa64 -3200(%rdi),%ymm9
vprord $7,%ymm9,%ymm12
vmovdqa %xmm3,-496(%rdi)
nop
vprord $18,%ymm9,%ymm10
vpxord %ymm19,%ymm16,%ymm27
vpxord %ymm11,%ymm27,%ymm25
vmovdqa %xmm5,-480(%rdi)
nop
vpaddd -2176(%rdi),%ymm25,%ymm17
vpsrld $3,%ymm9,%ymm28
vpxord %ymm10,%ymm12,%ymm23
vmovdqa %xmm7,-464(%rdi)
nop
vpxord %ymm28,%ymm23,%ymm13
vmovdqa64 %ymm17,-1728(%rdi)
vprord $17,%ymm26,%ymm21
vmovdqa 16(%rdi),%xmm1
nop
vmovdqa 32(%rdi),%xmm2
vpaddd 912(%r10){1to4},%xmm1,%xmm1{%k2}
vprord $19,%ymm26,%ymm15
vprord $17,%ymm14,%ymm30
vmovdqa 16(%rdi),%xmm3
nop
vmovdqa 32(%rdi),%xmm4
vpaddd 916(%r10){1to4},%xmm3,%xmm3{%k2}
vprord $19,%ymm14,%ymm31
vpsrld $10,%ymm14,%ymm29
vpsrld $10,%ymm26,%ymm22
vmovdqa 16(%rdi),%xmm5
nop
vmovdqa 32(%rdi),%xmm6
vpaddd 920(%r10){1to4},%xmm5,%xmm5{%k2}
vpxord %ymm15,%ymm21,%ymm24
vpxord %ymm22,%ymm24,%ymm18
vpxord %ymm31,%ymm30,%ymm16
vmovdqa 16(%rdi),%xmm7
nop
vmovdqa 32(%rdi),%xmm8
vpaddd 924(%r10){1to4},%xmm7,%xmm7{%k2}
vpxord %ymm29,%ymm16,%ymm19
vpaddd -2688(%rdi),%ymm13,%ymm27
vpaddd -2112(%rdi),%ymm18,%ymm11
vmovq -1008(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm11,-1664(%rdi)
vpaddd 148(%rdi){1to8},%ymm17,%ymm25
vpaddd -28(%rdi){1to8},%ymm27,%ymm9
vmovq -1000(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd %ymm19,%ymm9,%ymm12
vmovdqa64 %ymm12,-3264(%rdi)
vpaddd 152(%rdi){1to8},%ymm11,%ymm10
vmovq -976(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm10,%ymm25,%ymm23
vmovdqa64 %ymm23,-256(%r11)
vpaddd -224(%rdi){1to8},%ymm20,%ymm28
vmovq -968(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -220(%rdi){1to8},%ymm12,%ymm14
vpunpckldq %ymm14,%ymm28,%ymm26
vpunpckhdq %ymm10,%ymm25,%ymm21
vmovq -944(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm21,-224(%r11)
vprord $17,%ymm17,%ymm15
vmovdqa64 %ymm26,-128(%r9)
vmovq -936(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm14,%ymm28,%ymm24
vmovdqa64 %ymm24,-96(%r9)
vprord $19,%ymm17,%ymm22
vmovq -912(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm17,%ymm30
vpxord %ymm22,%ymm15,%ymm31
vmovdqa64 -3136(%rdi),%ymm16
vmovq -904(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm16,%ymm29
vprord $18,%ymm16,%ymm13
vpxord %ymm30,%ymm31,%ymm18
vmovq -880(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2048(%rdi),%ymm18,%ymm27
vmovdqa64 %ymm27,-1600(%rdi)
vpsrld $3,%ymm16,%ymm9
vmovq -872(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm13,%ymm29,%ymm19
vpxord %ymm9,%ymm19,%ymm23
vprord $17,%ymm11,%ymm25
vmovq -848(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm11,%ymm10
vpsrld $10,%ymm11,%ymm21
vpxord %ymm10,%ymm25,%ymm26
vmovq -840(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm21,%ymm26,%ymm28
vpaddd -1984(%rdi),%ymm28,%ymm14
vprord $17,%ymm20,%ymm24
vmovq -816(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm20,%ymm17
vpsrld $10,%ymm20,%ymm15
vmovdqa64 %ymm14,-1536(%rdi)
vmovq -808(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd 156(%rdi){1to8},%ymm27,%ymm22
vpaddd 160(%rdi){1to8},%ymm14,%ymm31
vpxord %ymm17,%ymm24,%ymm30
vmovq -784(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm15,%ymm30,%ymm18
vpaddd -3200(%rdi),%ymm23,%ymm16
vpunpckldq %ymm31,%ymm22,%ymm29
vmovq -776(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm29,-192(%r11)
vpunpckhdq %ymm31,%ymm22,%ymm13
vpaddd -2624(%rdi),%ymm16,%ymm19
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm18,%ymm19,%ymm9
vmovdqa64 %ymm9,-3200(%rdi)
vmovdqa64 %ymm13,-160(%r11)
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm27,%ymm11
vprord $19,%ymm27,%ymm25
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 -3072(%rdi),%ymm10
vprord $7,%ymm10,%ymm26
vprord $18,%ymm10,%ymm21
vmovq 84(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm27,%ymm28
vpxord %ymm25,%ymm11,%ymm20
vpxord %ymm28,%ymm20,%ymm24
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm10,%ymm17
vpxord %ymm21,%ymm26,%ymm30
vpxord %ymm17,%ymm30,%ymm15
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -1920(%rdi),%ymm24,%ymm23
vmovdqa64 %ymm23,-1472(%rdi)
vprord $17,%ymm14,%ymm29
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $17,%ymm12,%ymm22
vprord $19,%ymm12,%ymm31
vpsrld $10,%ymm12,%ymm16
vmovq 92(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm14,%ymm19
vpsrld $10,%ymm14,%ymm18
vpxord %ymm19,%ymm29,%ymm13
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm31,%ymm22,%ymm27
vpxord %ymm16,%ymm27,%ymm11
vpaddd -3136(%rdi),%ymm15,%ymm25
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm18,%ymm13,%ymm20
vpaddd -1856(%rdi),%ymm20,%ymm28
vpaddd 360(%rdi){1to8},%ymm28,%ymm10
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -2560(%rdi),%ymm25,%ymm26
vpaddd %ymm11,%ymm26,%ymm21
vmovdqa64 %ymm21,-3136(%rdi)
vmovq 100(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm10,-1408(%rdi)
vpaddd 164(%rdi){1to8},%ymm23,%ymm30
vpaddd 168(%rdi){1to8},%ymm10,%ymm17
vmovq -560(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -216(%rdi){1to8},%ymm9,%ymm24
vpaddd -212(%rdi){1to8},%ymm21,%ymm12
vpunpckldq %ymm12,%ymm24,%ymm14
vmovq -552(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckldq %ymm17,%ymm30,%ymm29
vmovdqa64 %ymm29,-128(%r11)
vpunpckhdq %ymm17,%ymm30,%ymm19
vmovq -528(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm14,-64(%r9)
vpunpckhdq %ymm12,%ymm24,%ymm22
vmovdqa64 %ymm22,-32(%r9)
vmovq -520(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm19,-96(%r11)
vmovdqa64 -2304(%rdi),%ymm31
vprord $7,%ymm31,%ymm27
vmovq -496(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -3008(%rdi),%ymm16
vprord $7,%ymm16,%ymm15
vprord $18,%ymm16,%ymm13
vmovq -488(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm31,%ymm18
vpsrld $3,%ymm31,%ymm20
vpxord %ymm18,%ymm27,%ymm28
vmovq -464(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $3,%ymm16,%ymm25
vpxord %ymm13,%ymm15,%ymm26
vpxord %ymm25,%ymm26,%ymm11
vmovq -456(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm20,%ymm28,%ymm29
vprord $17,%ymm23,%ymm30
vprord $19,%ymm23,%ymm17
vmovq -432(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $17,%ymm9,%ymm14
vprord $19,%ymm9,%ymm24
vpsrld $10,%ymm9,%ymm12
vmovq -424(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $10,%ymm23,%ymm22
vpxord %ymm17,%ymm30,%ymm19
vpxord %ymm22,%ymm19,%ymm31
vmovq -400(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm24,%ymm14,%ymm27
vpxord %ymm12,%ymm27,%ymm18
vmovq -392(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3072(%rdi),%ymm11,%ymm16
vpaddd -1792(%rdi),%ymm29,%ymm15
vpaddd 364(%rdi){1to8},%ymm15,%ymm13
vmovq -368(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm31,%ymm13,%ymm26
vmovdqa64 %ymm26,-1344(%rdi)
vmovdqa64 -2240(%rdi),%ymm25
vmovq -360(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $7,%ymm25,%ymm28
vpaddd -2496(%rdi),%ymm16,%ymm20
vpaddd %ymm18,%ymm20,%ymm9
vmovq -336(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm9,-3072(%rdi)
vprord $18,%ymm25,%ymm23
vpsrld $3,%ymm25,%ymm30
vmovq -328(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm23,%ymm28,%ymm17
vmovdqa64 -2944(%rdi),%ymm19
vprord $7,%ymm19,%ymm22
vmovq -304(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm19,%ymm14
vpxord %ymm30,%ymm17,%ymm24
vprord $17,%ymm10,%ymm27
vmovq -296(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $19,%ymm10,%ymm12
vpsrld $3,%ymm19,%ymm11
vpxord %ymm14,%ymm22,%ymm29
vmovq -272(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm11,%ymm29,%ymm15
vpsrld $10,%ymm10,%ymm13
vpxord %ymm12,%ymm27,%ymm31
vmovq -264(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm13,%ymm31,%ymm16
vprord $17,%ymm21,%ymm20
vprord $19,%ymm21,%ymm18
vmovq -240(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $10,%ymm21,%ymm25
vpaddd -2304(%rdi),%ymm24,%ymm28
vpaddd -1728(%rdi),%ymm28,%ymm23
vmovq -232(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd %ymm16,%ymm23,%ymm17
vpxord %ymm18,%ymm20,%ymm30
vpxord %ymm25,%ymm30,%ymm19
vmovq -208(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -3008(%rdi),%ymm15,%ymm22
vmovdqa64 %ymm17,-2304(%rdi)
vpaddd 172(%rdi){1to8},%ymm26,%ymm14
vmovq -200(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 176(%rdi){1to8},%ymm17,%ymm29
vpaddd -2432(%rdi),%ymm22,%ymm11
vpaddd %ymm19,%ymm11,%ymm10
vmovq -176(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm10,-3008(%rdi)
vpunpckldq %ymm29,%ymm14,%ymm27
vmovdqa64 %ymm27,-64(%r11)
vmovq -168(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm29,%ymm14,%ymm12
vpaddd -208(%rdi){1to8},%ymm9,%ymm31
vpaddd -204(%rdi){1to8},%ymm10,%ymm13
vmovq -144(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpunpckldq %ymm13,%ymm31,%ymm21
vmovdqa64 %ymm12,-32(%r11)
vmovdqa64 -2176(%rdi),%ymm24
vmovq -136(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm24,%ymm28
vmovdqa64 %ymm21,0(%r9)
vpunpckhdq %ymm13,%ymm31,%ymm23
vmovq -112(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm23,32(%r9)
vprord $18,%ymm24,%ymm16
vpsrld $3,%ymm24,%ymm20
vmovq -104(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm16,%ymm28,%ymm18
vmovdqa64 -2880(%rdi),%ymm30
vprord $7,%ymm30,%ymm25
vmovq -80(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $18,%ymm30,%ymm15
vpxord %ymm20,%ymm18,%ymm22
vprord $17,%ymm26,%ymm11
vmovq -72(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm26,%ymm19
vpsrld $3,%ymm30,%ymm27
vpxord %ymm15,%ymm25,%ymm14
vmovq -48(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm27,%ymm14,%ymm29
vpsrld $10,%ymm26,%ymm12
vmovq -40(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm19,%ymm11,%ymm21
vpxord %ymm12,%ymm21,%ymm31
vprord $17,%ymm9,%ymm13
vmovq -16(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $19,%ymm9,%ymm23
vpsrld $10,%ymm9,%ymm24
vpaddd -2240(%rdi),%ymm22,%ymm28
vmovq -8(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -1664(%rdi),%ymm28,%ymm16
vpaddd %ymm31,%ymm16,%ymm18
vpxord %ymm23,%ymm13,%ymm20
vmovq 16(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm24,%ymm20,%ymm30
vpaddd -2944(%rdi),%ymm29,%ymm25
vmovdqa64 %ymm18,-2240(%rdi)
vmovq 24(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 -2112(%rdi),%ymm15
vprord $7,%ymm15,%ymm14
vpaddd -2368(%rdi),%ymm25,%ymm27
vmovq 48(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm30,%ymm27,%ymm26
vmovdqa64 %ymm26,-2944(%rdi)
vprord $18,%ymm15,%ymm11
vmovq 56(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $3,%ymm15,%ymm19
vpxord %ymm11,%ymm14,%ymm21
vmovdqa64 -2816(%rdi),%ymm12
vmovq 80(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm12,%ymm9
vprord $18,%ymm12,%ymm22
vpxord %ymm19,%ymm21,%ymm28
vmovq 88(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $17,%ymm17,%ymm16
vprord $19,%ymm17,%ymm31
vpsrld $3,%ymm12,%ymm13
vmovq 112(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm22,%ymm9,%ymm23
vpxord %ymm13,%ymm23,%ymm20
vpsrld $10,%ymm17,%ymm24
vmovq 120(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm31,%ymm16,%ymm29
vpxord %ymm24,%ymm29,%ymm25
vpaddd -2176(%rdi),%ymm28,%ymm27
vmovq 144(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -1600(%rdi),%ymm27,%ymm30
vpaddd %ymm25,%ymm30,%ymm15
vprord $17,%ymm10,%ymm14
vmovq 152(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm10,%ymm11
vpsrld $10,%ymm10,%ymm21
vmovdqa64 %ymm15,-2176(%rdi)
vmovq 176(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd 180(%rdi){1to8},%ymm18,%ymm19
vpaddd 184(%rdi){1to8},%ymm15,%ymm12
vpxord %ymm11,%ymm14,%ymm9
vmovq 184(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm21,%ymm9,%ymm22
vpaddd -2880(%rdi),%ymm20,%ymm23
vpunpckldq %ymm12,%ymm19,%ymm13
vmovq 208(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm13,0(%r11)
vpunpckhdq %ymm12,%ymm19,%ymm17
vpaddd -3328(%rdi),%ymm23,%ymm16
vmovq 216(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm22,%ymm16,%ymm31
vmovdqa64 %ymm31,-2880(%rdi)
vmovdqa64 %ymm17,32(%r11)
vmovq 240(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -2048(%rdi),%ymm29
vprord $7,%ymm29,%ymm24
vpaddd -200(%rdi){1to8},%ymm26,%ymm28
vmovq 248(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -196(%rdi){1to8},%ymm31,%ymm27
vpunpckldq %ymm27,%ymm28,%ymm30
vprord $18,%ymm29,%ymm25
vmovq 272(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm29,%ymm10
vpxord %ymm25,%ymm24,%ymm14
vmovdqa64 %ymm30,64(%r9)
vmovq 280(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckhdq %ymm27,%ymm28,%ymm11
vmovdqa64 %ymm11,96(%r9)
vmovq 304(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm10,%ymm14,%ymm9
vprord $17,%ymm18,%ymm21
vprord $19,%ymm18,%ymm20
vmovq 312(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -2752(%rdi),%ymm13
vprord $7,%ymm13,%ymm19
vprord $18,%ymm13,%ymm12
vmovq 336(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm18,%ymm23
vpxord %ymm20,%ymm21,%ymm16
vpxord %ymm23,%ymm16,%ymm22
vmovq 344(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm13,%ymm17
vpxord %ymm12,%ymm19,%ymm29
vpxord %ymm17,%ymm29,%ymm24
vmovq 368(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -2112(%rdi),%ymm9,%ymm25
vpaddd -1536(%rdi),%ymm25,%ymm30
vpaddd %ymm22,%ymm30,%ymm28
vmovq 376(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm26,%ymm27
vprord $19,%ymm26,%ymm11
vpsrld $10,%ymm26,%ymm14
vmovq 400(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm28,-2112(%rdi)
vmovdqa64 -1984(%rdi),%ymm10
vprord $7,%ymm10,%ymm18
vmovq 408(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm11,%ymm27,%ymm21
vpxord %ymm14,%ymm21,%ymm20
vpaddd -2816(%rdi),%ymm24,%ymm16
vmovq 432(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $18,%ymm10,%ymm23
vpsrld $3,%ymm10,%ymm13
vpxord %ymm23,%ymm18,%ymm19
vmovq 440(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -3264(%rdi),%ymm16,%ymm12
vpaddd %ymm20,%ymm12,%ymm29
vmovdqa64 %ymm29,-2816(%rdi)
vmovq 464(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm13,%ymm19,%ymm17
vprord $17,%ymm15,%ymm9
vprord $19,%ymm15,%ymm25
vmovq 472(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 -2688(%rdi),%ymm30
vprord $7,%ymm30,%ymm22
vprord $18,%ymm30,%ymm26
vmovq 496(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm15,%ymm27
vpxord %ymm25,%ymm9,%ymm11
vpxord %ymm27,%ymm11,%ymm21
vmovq 504(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $3,%ymm30,%ymm14
vpxord %ymm26,%ymm22,%ymm24
vpxord %ymm14,%ymm24,%ymm10
vmovq 528(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2048(%rdi),%ymm17,%ymm18
vpaddd -1472(%rdi),%ymm18,%ymm23
vpaddd %ymm21,%ymm23,%ymm16
vmovq 536(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm31,%ymm12
vprord $19,%ymm31,%ymm20
vpsrld $10,%ymm31,%ymm19
vmovq 560(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm16,-2048(%rdi)
vpaddd 188(%rdi){1to8},%ymm28,%ymm13
vpaddd 192(%rdi){1to8},%ymm16,%ymm15
vmovq 568(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm20,%ymm12,%ymm9
vpxord %ymm19,%ymm9,%ymm25
vpaddd -2752(%rdi),%ymm10,%ymm11
vmovq 592(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm15,%ymm13,%ymm27
vmovdqa64 %ymm27,64(%r11)
vpunpckhdq %ymm15,%ymm13,%ymm30
vmovq 600(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3200(%rdi),%ymm11,%ymm22
vpaddd %ymm25,%ymm22,%ymm26
vmovdqa64 %ymm26,-2752(%rdi)
vmovq 624(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm30,96(%r11)
vmovdqa64 -1920(%rdi),%ymm24
vmovq 632(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm24,%ymm14
vprord $18,%ymm24,%ymm17
vpsrld $3,%ymm24,%ymm18
vmovq 656(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm17,%ymm14,%ymm23
vpaddd -192(%rdi){1to8},%ymm29,%ymm21
vpaddd -188(%rdi){1to8},%ymm26,%ymm31
vmovq 664(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpunpckldq %ymm31,%ymm21,%ymm12
vpxord %ymm18,%ymm23,%ymm20
vprord $17,%ymm28,%ymm9
vmovq 688(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm28,%ymm19
vmovdqa64 %ymm12,128(%r9)
vpunpckhdq %ymm31,%ymm21,%ymm10
vmovq 696(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm10,160(%r9)
vpsrld $10,%ymm28,%ymm27
vpxord %ymm19,%ymm9,%ymm13
vmovq 720(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm27,%ymm13,%ymm15
vmovdqa64 -2624(%rdi),%ymm11
vprord $7,%ymm11,%ymm22
vmovq 728(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $18,%ymm11,%ymm25
vpaddd -1984(%rdi),%ymm20,%ymm30
vpaddd -1408(%rdi),%ymm30,%ymm24
vmovq 752(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm15,%ymm24,%ymm14
vpsrld $3,%ymm11,%ymm17
vpxord %ymm25,%ymm22,%ymm23
vmovq 760(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm17,%ymm23,%ymm18
vmovdqa64 %ymm14,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm12
vmovq 784(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm12,%ymm21
vprord $17,%ymm29,%ymm31
vprord $19,%ymm29,%ymm10
vmovq 792(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $10,%ymm29,%ymm28
vprord $18,%ymm12,%ymm9
vpsrld $3,%ymm12,%ymm19
vmovq 816(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm9,%ymm21,%ymm13
vpxord %ymm10,%ymm31,%ymm27
vpxord %ymm28,%ymm27,%ymm20
vmovq 824(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2688(%rdi),%ymm18,%ymm30
vpxord %ymm19,%ymm13,%ymm24
vprord $17,%ymm16,%ymm15
vmovq 848(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm16,%ymm11
vpaddd -3136(%rdi),%ymm30,%ymm22
vpaddd %ymm20,%ymm22,%ymm25
vmovq 856(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm25,-2688(%rdi)
vpsrld $10,%ymm16,%ymm23
vpxord %ymm11,%ymm15,%ymm17
vmovq 880(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm23,%ymm17,%ymm29
vmovdqa64 -2560(%rdi),%ymm12
vprord $7,%ymm12,%ymm21
vmovq 888(%r10),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm12,%ymm9
vpaddd -1920(%rdi),%ymm24,%ymm31
vpaddd -1344(%rdi),%ymm31,%ymm10
vmovdqa %xmm1,-448(%rdi)
nop
vpaddd %ymm29,%ymm10,%ymm27
vpsrld $3,%ymm12,%ymm28
vpxord %ymm9,%ymm21,%ymm18
vmovdqa %xmm3,-432(%rdi)
nop
vpxord %ymm28,%ymm18,%ymm13
vmovdqa64 %ymm27,-1920(%rdi)
vpaddd 196(%rdi){1to8},%ymm14,%ymm19
vmovdqa %xmm5,-416(%rdi)
nop
vpaddd 200(%rdi){1to8},%ymm27,%ymm30
vprord $17,%ymm26,%ymm22
vprord $19,%ymm26,%ymm20
vmovdqa %xmm7,-400(%rdi)
nop
vpsrld $10,%ymm26,%ymm16
vpunpckldq %ymm30,%ymm19,%ymm15
vmovdqa64 %ymm15,128(%r11)
vmovdqa -384(%rdi),%xmm1
nop
vmovdqa -368(%rdi),%xmm2
vpaddd 896(%r8){1to4},%xmm1,%xmm1{%k2}
vpunpckhdq %ymm30,%ymm19,%ymm11
vpxord %ymm20,%ymm22,%ymm17
vmovdqa -384(%rdi),%xmm3
nop
vmovdqa -368(%rdi),%xmm4
vpaddd 900(%r8){1to4},%xmm3,%xmm3{%k2}
vpxord %ymm16,%ymm17,%ymm23
vpaddd -2624(%rdi),%ymm13,%ymm24
vmovdqa64 %ymm11,160(%r11)
vmovdqa -384(%rdi),%xmm5
nop
vmovdqa -368(%rdi),%xmm6
vpaddd 904(%r8){1to4},%xmm5,%xmm5{%k2}
vmovdqa64 -1792(%rdi),%ymm31
vprord $7,%ymm31,%ymm10
vpaddd -3072(%rdi),%ymm24,%ymm29
vmovdqa -384(%rdi),%xmm7
nop
vmovdqa -368(%rdi),%xmm8
vpaddd 908(%r8){1to4},%xmm7,%xmm7{%k2}
vpaddd %ymm23,%ymm29,%ymm12
vmovdqa64 %ymm12,-2624(%rdi)
vprord $18,%ymm31,%ymm21
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm31,%ymm9
vpxord %ymm21,%ymm10,%ymm18
vpaddd -184(%rdi){1to8},%ymm25,%ymm28
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -180(%rdi){1to8},%ymm12,%ymm26
vpunpckldq %ymm26,%ymm28,%ymm15
vpxord %ymm9,%ymm18,%ymm19
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm14,%ymm30
vprord $19,%ymm14,%ymm22
vmovdqa64 %ymm15,192(%r9)
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhdq %ymm26,%ymm28,%ymm20
vmovdqa64 %ymm20,224(%r9)
vpsrld $10,%ymm14,%ymm17
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm22,%ymm30,%ymm16
vpxord %ymm17,%ymm16,%ymm13
vmovdqa64 -2496(%rdi),%ymm11
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm11,%ymm24
vprord $18,%ymm11,%ymm29
vpaddd -1856(%rdi),%ymm19,%ymm23
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -2304(%rdi),%ymm23,%ymm31
vpaddd %ymm13,%ymm31,%ymm10
vmovdqa64 %ymm10,-1856(%rdi)
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 -1728(%rdi),%ymm21
vprord $7,%ymm21,%ymm18
vpsrld $3,%ymm11,%ymm9
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm29,%ymm24,%ymm15
vpxord %ymm9,%ymm15,%ymm28
vprord $18,%ymm21,%ymm26
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm21,%ymm20
vpxord %ymm26,%ymm18,%ymm14
vprord $17,%ymm25,%ymm30
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm25,%ymm22
vpsrld $10,%ymm25,%ymm16
vpxord %ymm20,%ymm14,%ymm17
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm27,%ymm19
vprord $19,%ymm27,%ymm23
vpxord %ymm22,%ymm30,%ymm31
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm16,%ymm31,%ymm13
vpaddd -2560(%rdi),%ymm28,%ymm11
vpsrld $10,%ymm27,%ymm24
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm23,%ymm19,%ymm29
vpxord %ymm24,%ymm29,%ymm15
vpaddd -3008(%rdi),%ymm11,%ymm9
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm13,%ymm9,%ymm21
vmovdqa64 %ymm21,-2560(%rdi)
vpaddd -1792(%rdi),%ymm17,%ymm18
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -2240(%rdi),%ymm18,%ymm26
vpaddd %ymm15,%ymm26,%ymm25
vmovdqa64 -2432(%rdi),%ymm14
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm14,%ymm20
vprord $18,%ymm14,%ymm30
vmovdqa64 %ymm25,-1792(%rdi)
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd 204(%rdi){1to8},%ymm10,%ymm22
vpaddd 208(%rdi){1to8},%ymm25,%ymm31
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $3,%ymm14,%ymm16
vpxord %ymm30,%ymm20,%ymm28
vpxord %ymm16,%ymm28,%ymm27
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckldq %ymm31,%ymm22,%ymm19
vmovdqa64 %ymm19,192(%r11)
vpunpckhdq %ymm31,%ymm22,%ymm23
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $17,%ymm12,%ymm29
vprord $19,%ymm12,%ymm24
vpsrld $10,%ymm12,%ymm11
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm23,224(%r11)
vmovdqa64 -1664(%rdi),%ymm9
vprord $7,%ymm9,%ymm13
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm24,%ymm29,%ymm17
vpxord %ymm11,%ymm17,%ymm18
vpaddd -2496(%rdi),%ymm27,%ymm26
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm9,%ymm15
vpsrld $3,%ymm9,%ymm14
vpxord %ymm15,%ymm13,%ymm20
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2944(%rdi),%ymm26,%ymm30
vpaddd %ymm18,%ymm30,%ymm28
vmovdqa64 %ymm28,-2496(%rdi)
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm14,%ymm20,%ymm16
vprord $17,%ymm10,%ymm19
vprord $19,%ymm10,%ymm22
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -176(%rdi){1to8},%ymm21,%ymm31
vpaddd -172(%rdi){1to8},%ymm28,%ymm12
vpunpckldq %ymm12,%ymm31,%ymm23
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm10,%ymm29
vpxord %ymm22,%ymm19,%ymm24
vpxord %ymm29,%ymm24,%ymm17
vmovq -576(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm23,256(%r9)
vpunpckhdq %ymm12,%ymm31,%ymm11
vmovdqa64 %ymm11,288(%r9)
vmovq -568(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -1728(%rdi),%ymm16,%ymm27
vpaddd -2176(%rdi),%ymm27,%ymm9
vpaddd %ymm17,%ymm9,%ymm13
vmovq -544(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -2368(%rdi),%ymm15
vprord $7,%ymm15,%ymm26
vprord $18,%ymm15,%ymm30
vmovq -536(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm13,-1728(%rdi)
vmovdqa64 -1600(%rdi),%ymm18
vprord $7,%ymm18,%ymm20
vmovq -512(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm15,%ymm14
vpxord %ymm30,%ymm26,%ymm10
vpxord %ymm14,%ymm10,%ymm19
vmovq -504(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $18,%ymm18,%ymm22
vpsrld $3,%ymm18,%ymm24
vpxord %ymm22,%ymm20,%ymm29
vmovq -480(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm21,%ymm23
vprord $19,%ymm21,%ymm31
vpsrld $10,%ymm21,%ymm12
vmovq -472(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm24,%ymm29,%ymm11
vprord $17,%ymm25,%ymm16
vprord $19,%ymm25,%ymm27
vmovq -448(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm25,%ymm9
vpxord %ymm27,%ymm16,%ymm17
vpxord %ymm9,%ymm17,%ymm15
vmovq -440(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm31,%ymm23,%ymm26
vpxord %ymm12,%ymm26,%ymm30
vpaddd -2432(%rdi),%ymm19,%ymm10
vmovq -416(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -1664(%rdi),%ymm11,%ymm14
vpaddd -2112(%rdi),%ymm14,%ymm18
vmovq -408(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd %ymm15,%ymm18,%ymm20
vpaddd -2880(%rdi),%ymm10,%ymm22
vpaddd %ymm30,%ymm22,%ymm21
vmovq -384(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm21,-2432(%rdi)
vmovdqa64 %ymm20,-1664(%rdi)
vpaddd 212(%rdi){1to8},%ymm13,%ymm29
vmovq -376(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd 216(%rdi){1to8},%ymm20,%ymm24
vmovdqa64 -3328(%rdi),%ymm25
vprord $7,%ymm25,%ymm16
vmovq -352(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $18,%ymm25,%ymm27
vpunpckldq %ymm24,%ymm29,%ymm17
vmovdqa64 %ymm17,256(%r11)
vmovq -344(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhdq %ymm24,%ymm29,%ymm9
vpsrld $3,%ymm25,%ymm23
vpxord %ymm27,%ymm16,%ymm31
vmovq -320(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm23,%ymm31,%ymm26
vmovdqa64 %ymm9,288(%r11)
vmovdqa64 -1536(%rdi),%ymm12
vmovq -312(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm12,%ymm19
vprord $17,%ymm28,%ymm11
vprord $19,%ymm28,%ymm14
vmovq -288(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm28,%ymm18
vprord $18,%ymm12,%ymm15
vpsrld $3,%ymm12,%ymm10
vmovq -280(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm15,%ymm19,%ymm22
vpxord %ymm14,%ymm11,%ymm30
vpxord %ymm18,%ymm30,%ymm17
vmovq -256(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -2368(%rdi),%ymm26,%ymm29
vpxord %ymm10,%ymm22,%ymm24
vprord $17,%ymm13,%ymm25
vmovq -248(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm13,%ymm16
vpaddd -2816(%rdi),%ymm29,%ymm27
vpaddd %ymm17,%ymm27,%ymm31
vmovq -224(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm31,-2368(%rdi)
vpsrld $10,%ymm13,%ymm23
vpxord %ymm16,%ymm25,%ymm9
vmovq -216(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm23,%ymm9,%ymm28
vpaddd -168(%rdi){1to8},%ymm21,%ymm12
vpaddd -164(%rdi){1to8},%ymm31,%ymm19
vmovq -192(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpunpckldq %ymm19,%ymm12,%ymm15
vpaddd -1600(%rdi),%ymm24,%ymm11
vpaddd -2048(%rdi),%ymm11,%ymm14
vmovq -184(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm28,%ymm14,%ymm30
vmovdqa64 %ymm15,320(%r9)
vpunpckhdq %ymm19,%ymm12,%ymm18
vmovq -160(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm18,352(%r9)
vmovdqa64 %ymm30,-1600(%rdi)
vmovdqa64 -1472(%rdi),%ymm26
vmovq -152(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm26,%ymm22
vmovdqa64 -3264(%rdi),%ymm10
vprord $7,%ymm10,%ymm29
vmovq -128(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm10,%ymm27
vprord $18,%ymm26,%ymm17
vpsrld $3,%ymm26,%ymm13
vmovq -120(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm17,%ymm22,%ymm25
vpsrld $3,%ymm10,%ymm16
vpxord %ymm27,%ymm29,%ymm9
vmovq -96(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm16,%ymm9,%ymm23
vpxord %ymm13,%ymm25,%ymm24
vprord $17,%ymm20,%ymm11
vmovq -88(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm20,%ymm14
vprord $17,%ymm21,%ymm28
vprord $19,%ymm21,%ymm15
vmovq -64(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm21,%ymm12
vpsrld $10,%ymm20,%ymm19
vmovq -56(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm14,%ymm11,%ymm18
vpxord %ymm19,%ymm18,%ymm26
vpxord %ymm15,%ymm28,%ymm22
vmovq -32(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm12,%ymm22,%ymm17
vpaddd -3328(%rdi),%ymm23,%ymm10
vpaddd -1536(%rdi),%ymm24,%ymm29
vmovq -24(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -1984(%rdi),%ymm29,%ymm27
vpaddd %ymm26,%ymm27,%ymm9
vpaddd -2752(%rdi),%ymm10,%ymm16
vmovq 0(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm17,%ymm16,%ymm25
vmovdqa64 %ymm25,-3328(%rdi)
vmovdqa64 %ymm9,-1536(%rdi)
vmovq 8(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd 220(%rdi){1to8},%ymm30,%ymm13
vpaddd 224(%rdi){1to8},%ymm9,%ymm21
vmovdqa64 -3200(%rdi),%ymm20
vmovq 32(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $7,%ymm20,%ymm11
vprord $18,%ymm20,%ymm14
vpunpckldq %ymm21,%ymm13,%ymm18
vmovq 40(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm18,320(%r11)
vpunpckhdq %ymm21,%ymm13,%ymm19
vmovdqa64 %ymm19,352(%r11)
vmovq 64(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -1408(%rdi),%ymm28
vprord $7,%ymm28,%ymm15
vpsrld $3,%ymm20,%ymm22
vmovq 72(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm14,%ymm11,%ymm12
vpxord %ymm22,%ymm12,%ymm23
vprord $18,%ymm28,%ymm24
vmovq 96(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $3,%ymm28,%ymm29
vpxord %ymm24,%ymm15,%ymm27
vprord $17,%ymm31,%ymm26
vmovq 104(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm31,%ymm10
vpsrld $10,%ymm31,%ymm16
vpxord %ymm29,%ymm27,%ymm17
vmovq 128(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm30,%ymm18
vprord $19,%ymm30,%ymm13
vpxord %ymm10,%ymm26,%ymm21
vmovq 136(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm16,%ymm21,%ymm19
vpaddd -3264(%rdi),%ymm23,%ymm20
vpsrld $10,%ymm30,%ymm11
vmovq 160(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm13,%ymm18,%ymm14
vpxord %ymm11,%ymm14,%ymm12
vpaddd -2688(%rdi),%ymm20,%ymm22
vmovq 168(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm19,%ymm22,%ymm28
vmovdqa64 %ymm28,-3264(%rdi)
vpaddd -1472(%rdi),%ymm17,%ymm15
vmovq 192(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -1920(%rdi),%ymm15,%ymm24
vpaddd %ymm12,%ymm24,%ymm31
vpaddd -160(%rdi){1to8},%ymm25,%ymm27
vmovq 200(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -156(%rdi){1to8},%ymm28,%ymm29
vpunpckldq %ymm29,%ymm27,%ymm26
vmovdqa64 %ymm31,-1472(%rdi)
vmovq 224(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -1344(%rdi),%ymm10
vprord $7,%ymm10,%ymm21
vmovdqa64 %ymm26,384(%r9)
vmovq 232(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpunpckhdq %ymm29,%ymm27,%ymm16
vmovdqa64 %ymm16,416(%r9)
vprord $18,%ymm10,%ymm23
vmovq 256(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm10,%ymm30
vpxord %ymm23,%ymm21,%ymm18
vmovdqa64 -3136(%rdi),%ymm13
vmovq 264(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $7,%ymm13,%ymm14
vprord $18,%ymm13,%ymm11
vmovq 288(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm30,%ymm18,%ymm20
vprord $17,%ymm9,%ymm22
vprord $19,%ymm9,%ymm19
vmovq 296(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $3,%ymm13,%ymm17
vpxord %ymm11,%ymm14,%ymm15
vpxord %ymm17,%ymm15,%ymm24
vmovq 320(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm9,%ymm12
vpxord %ymm19,%ymm22,%ymm26
vpxord %ymm12,%ymm26,%ymm27
vmovq 328(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $17,%ymm25,%ymm29
vprord $19,%ymm25,%ymm16
vpsrld $10,%ymm25,%ymm10
vmovq 352(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -1408(%rdi),%ymm20,%ymm21
vpaddd -1856(%rdi),%ymm21,%ymm23
vpaddd %ymm27,%ymm23,%ymm18
vmovq 360(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm16,%ymm29,%ymm30
vpxord %ymm10,%ymm30,%ymm13
vpaddd -3200(%rdi),%ymm24,%ymm14
vmovq 384(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 %ymm18,-1408(%rdi)
vpaddd 228(%rdi){1to8},%ymm31,%ymm11
vpaddd 232(%rdi){1to8},%ymm18,%ymm15
vmovq 392(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2624(%rdi),%ymm14,%ymm17
vpaddd %ymm13,%ymm17,%ymm9
vmovdqa64 %ymm9,-3200(%rdi)
vmovq 416(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm15,%ymm11,%ymm22
vmovdqa64 %ymm22,384(%r11)
vpunpckhdq %ymm15,%ymm11,%ymm19
vmovq 424(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -3072(%rdi),%ymm26
vprord $7,%ymm26,%ymm12
vprord $18,%ymm26,%ymm25
vmovq 448(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm19,416(%r11)
vmovdqa64 -2304(%rdi),%ymm20
vprord $7,%ymm20,%ymm21
vmovq 456(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm26,%ymm23
vpxord %ymm25,%ymm12,%ymm27
vpxord %ymm23,%ymm27,%ymm29
vmovq 480(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $18,%ymm20,%ymm16
vpsrld $3,%ymm20,%ymm30
vpxord %ymm16,%ymm21,%ymm10
vmovq 488(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm28,%ymm24
vprord $19,%ymm28,%ymm14
vpsrld $10,%ymm28,%ymm17
vmovq 512(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm30,%ymm10,%ymm13
vprord $17,%ymm31,%ymm22
vprord $19,%ymm31,%ymm11
vmovq 520(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm14,%ymm24,%ymm15
vpxord %ymm17,%ymm15,%ymm19
vpaddd -3136(%rdi),%ymm29,%ymm26
vmovq 544(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpsrld $10,%ymm31,%ymm12
vpxord %ymm11,%ymm22,%ymm25
vpxord %ymm12,%ymm25,%ymm27
vmovq 552(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -1344(%rdi),%ymm13,%ymm23
vpaddd -1792(%rdi),%ymm23,%ymm20
vpaddd %ymm27,%ymm20,%ymm21
vmovq 576(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -2560(%rdi),%ymm26,%ymm16
vpaddd %ymm19,%ymm16,%ymm28
vmovdqa64 %ymm28,-3136(%rdi)
vmovq 584(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm21,-1344(%rdi)
vmovdqa64 -2240(%rdi),%ymm10
vprord $7,%ymm10,%ymm30
vmovq 608(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -152(%rdi){1to8},%ymm9,%ymm24
vpaddd -148(%rdi){1to8},%ymm28,%ymm14
vmovq 616(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpunpckldq %ymm14,%ymm24,%ymm15
vprord $18,%ymm10,%ymm17
vpsrld $3,%ymm10,%ymm29
vmovq 640(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm17,%ymm30,%ymm31
vmovdqa64 %ymm15,448(%r9)
vpunpckhdq %ymm14,%ymm24,%ymm22
vmovq 648(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm22,480(%r9)
vpxord %ymm29,%ymm31,%ymm11
vprord $17,%ymm18,%ymm25
vmovq 672(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $19,%ymm18,%ymm12
vmovdqa64 -3008(%rdi),%ymm13
vprord $7,%ymm13,%ymm23
vmovq 680(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm13,%ymm20
vpsrld $10,%ymm18,%ymm27
vpxord %ymm12,%ymm25,%ymm26
vmovq 704(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm27,%ymm26,%ymm16
vpsrld $3,%ymm13,%ymm19
vpxord %ymm20,%ymm23,%ymm10
vmovq 712(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm19,%ymm10,%ymm30
vpaddd -2304(%rdi),%ymm11,%ymm17
vpaddd -1728(%rdi),%ymm17,%ymm15
vmovq 736(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd %ymm16,%ymm15,%ymm24
vprord $17,%ymm9,%ymm14
vprord $19,%ymm9,%ymm22
vmovq 744(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpsrld $10,%ymm9,%ymm31
vmovdqa64 %ymm24,-2304(%rdi)
vpaddd 236(%rdi){1to8},%ymm21,%ymm29
vmovq 768(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd 240(%rdi){1to8},%ymm24,%ymm18
vpxord %ymm22,%ymm14,%ymm25
vpxord %ymm31,%ymm25,%ymm12
vmovq 776(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -3072(%rdi),%ymm30,%ymm26
vpunpckldq %ymm18,%ymm29,%ymm27
vmovdqa64 %ymm27,448(%r11)
vmovq 800(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm18,%ymm29,%ymm13
vpaddd -2496(%rdi),%ymm26,%ymm23
vpaddd %ymm12,%ymm23,%ymm20
vmovq 808(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 %ymm20,-3072(%rdi)
vmovdqa64 %ymm13,480(%r11)
vmovdqa64 -2176(%rdi),%ymm10
vmovq 832(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm10,%ymm19
vmovdqa64 -2944(%rdi),%ymm11
vprord $7,%ymm11,%ymm17
vmovq 840(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $18,%ymm11,%ymm15
vprord $18,%ymm10,%ymm16
vpsrld $3,%ymm10,%ymm9
vmovq 864(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm16,%ymm19,%ymm14
vpsrld $3,%ymm11,%ymm22
vpxord %ymm15,%ymm17,%ymm25
vmovq 872(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm22,%ymm25,%ymm31
vpxord %ymm9,%ymm14,%ymm30
vprord $17,%ymm21,%ymm27
vmovdqa %xmm1,-768(%rdi)
nop
vmovdqa %xmm2,-640(%rdi)
vprord $19,%ymm21,%ymm29
vprord $17,%ymm28,%ymm18
vprord $19,%ymm28,%ymm26
vmovdqa %xmm3,-736(%rdi)
nop
vmovdqa %xmm4,-608(%rdi)
vpsrld $10,%ymm28,%ymm23
vpsrld $10,%ymm21,%ymm12
vpxord %ymm29,%ymm27,%ymm13
vmovdqa %xmm5,-704(%rdi)
nop
vmovdqa %xmm6,-576(%rdi)
vpxord %ymm12,%ymm13,%ymm10
vpxord %ymm26,%ymm18,%ymm19
vpxord %ymm23,%ymm19,%ymm16
vmovdqa %xmm7,-672(%rdi)
nop
vmovdqa %xmm8,-544(%rdi)
vpaddd -3008(%rdi),%ymm31,%ymm11
vpaddd -2240(%rdi),%ymm30,%ymm17
vpaddd -1664(%rdi),%ymm17,%ymm15
vmovdqa -384(%rdi),%xmm1
nop
vmovdqa -368(%rdi),%xmm2
vpaddd 912(%r8){1to4},%xmm1,%xmm1{%k2}
vpaddd %ymm10,%ymm15,%ymm25
vpaddd -2432(%rdi),%ymm11,%ymm22
vmovdqa -384(%rdi),%xmm3
nop
vmovdqa -368(%rdi),%xmm4
vpaddd 916(%r8){1to4},%xmm3,%xmm3{%k2}
vpaddd %ymm16,%ymm22,%ymm14
vmovdqa64 %ymm14,-3008(%rdi)
vmovdqa64 %ymm25,-2240(%rdi)
vmovdqa -384(%rdi),%xmm5
nop
vmovdqa -368(%rdi),%xmm6
vpaddd 920(%r8){1to4},%xmm5,%xmm5{%k2}
vmovdqa64 -2112(%rdi),%ymm9
vprord $7,%ymm9,%ymm28
vpaddd -144(%rdi){1to8},%ymm20,%ymm21
vmovdqa -384(%rdi),%xmm7
nop
vmovdqa -368(%rdi),%xmm8
vpaddd 924(%r8){1to4},%xmm7,%xmm7{%k2}
vpaddd -140(%rdi){1to8},%ymm14,%ymm27
vpunpckldq %ymm27,%ymm21,%ymm29
vprord $18,%ymm9,%ymm13
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm9,%ymm12
vpxord %ymm13,%ymm28,%ymm18
vpxord %ymm12,%ymm18,%ymm26
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm24,%ymm19
vprord $19,%ymm24,%ymm23
vmovdqa64 %ymm29,512(%r9)
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckhdq %ymm27,%ymm21,%ymm31
vmovdqa64 %ymm31,544(%r9)
vpsrld $10,%ymm24,%ymm30
vmovq -336(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm23,%ymm19,%ymm17
vpxord %ymm30,%ymm17,%ymm15
vmovdqa64 -2880(%rdi),%ymm10
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $7,%ymm10,%ymm11
vprord $18,%ymm10,%ymm22
vpaddd -2176(%rdi),%ymm26,%ymm16
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -1600(%rdi),%ymm16,%ymm9
vpaddd %ymm15,%ymm9,%ymm28
vpsrld $3,%ymm10,%ymm13
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm22,%ymm11,%ymm18
vpxord %ymm13,%ymm18,%ymm12
vmovdqa64 %ymm28,-2176(%rdi)
vmovq -328(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd 244(%rdi){1to8},%ymm25,%ymm29
vpaddd 248(%rdi){1to8},%ymm28,%ymm21
vprord $17,%ymm20,%ymm27
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $19,%ymm20,%ymm31
vpsrld $10,%ymm20,%ymm24
vpunpckldq %ymm21,%ymm29,%ymm19
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm19,512(%r11)
vpunpckhdq %ymm21,%ymm29,%ymm23
vpxord %ymm31,%ymm27,%ymm17
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm24,%ymm17,%ymm30
vpaddd -2944(%rdi),%ymm12,%ymm26
vmovdqa64 %ymm23,544(%r11)
vmovq -320(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vmovdqa64 -2048(%rdi),%ymm16
vprord $7,%ymm16,%ymm9
vpaddd -2368(%rdi),%ymm26,%ymm15
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd %ymm30,%ymm15,%ymm10
vmovdqa64 %ymm10,-2944(%rdi)
vprord $18,%ymm16,%ymm11
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpsrld $3,%ymm16,%ymm22
vpxord %ymm11,%ymm9,%ymm18
vmovdqa64 -2816(%rdi),%ymm13
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $7,%ymm13,%ymm20
vprord $18,%ymm13,%ymm19
vpxord %ymm22,%ymm18,%ymm29
vmovq -312(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $17,%ymm25,%ymm21
vprord $19,%ymm25,%ymm27
vpsrld $3,%ymm13,%ymm31
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm19,%ymm20,%ymm17
vpxord %ymm31,%ymm17,%ymm24
vpsrld $10,%ymm25,%ymm12
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm27,%ymm21,%ymm23
vpxord %ymm12,%ymm23,%ymm26
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm14,%ymm15
vprord $19,%ymm14,%ymm30
vpsrld $10,%ymm14,%ymm16
vmovq -304(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd -2112(%rdi),%ymm29,%ymm9
vpaddd -1536(%rdi),%ymm9,%ymm11
vpaddd %ymm26,%ymm11,%ymm18
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm30,%ymm15,%ymm22
vpxord %ymm16,%ymm22,%ymm13
vpaddd -2880(%rdi),%ymm24,%ymm20
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vmovdqa64 %ymm18,-2112(%rdi)
vmovdqa64 -1984(%rdi),%ymm19
vprord $7,%ymm19,%ymm17
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -3328(%rdi),%ymm20,%ymm31
vpaddd %ymm13,%ymm31,%ymm25
vmovdqa64 %ymm25,-2880(%rdi)
vmovq -296(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm19,%ymm21
vpsrld $3,%ymm19,%ymm27
vpxord %ymm21,%ymm17,%ymm23
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -136(%rdi){1to8},%ymm10,%ymm12
vpaddd -132(%rdi){1to8},%ymm25,%ymm14
vpunpckldq %ymm14,%ymm12,%ymm29
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm27,%ymm23,%ymm9
vprord $17,%ymm28,%ymm11
vprord $19,%ymm28,%ymm26
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm29,576(%r9)
vpunpckhdq %ymm14,%ymm12,%ymm15
vmovdqa64 %ymm15,608(%r9)
vmovq -288(%rdi),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm28,%ymm30
vpxord %ymm26,%ymm11,%ymm22
vpxord %ymm30,%ymm22,%ymm16
vmovq -560(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -2752(%rdi),%ymm24
vprord $7,%ymm24,%ymm20
vprord $18,%ymm24,%ymm31
vmovq -552(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -2048(%rdi),%ymm9,%ymm13
vpaddd -1472(%rdi),%ymm13,%ymm19
vpaddd %ymm16,%ymm19,%ymm17
vmovq -528(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $3,%ymm24,%ymm21
vpxord %ymm31,%ymm20,%ymm23
vpxord %ymm21,%ymm23,%ymm27
vmovq -520(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vmovdqa64 %ymm17,-2048(%rdi)
vpaddd 252(%rdi){1to8},%ymm18,%ymm29
vpaddd 256(%rdi){1to8},%ymm17,%ymm12
vmovq -496(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpunpckldq %ymm12,%ymm29,%ymm14
vmovdqa64 %ymm14,576(%r11)
vpunpckhdq %ymm12,%ymm29,%ymm15
vmovq -488(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $17,%ymm10,%ymm28
vprord $19,%ymm10,%ymm11
vpsrld $10,%ymm10,%ymm26
vmovq -464(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm15,608(%r11)
vmovdqa64 -1920(%rdi),%ymm22
vprord $7,%ymm22,%ymm30
vmovq -456(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm11,%ymm28,%ymm9
vpxord %ymm26,%ymm9,%ymm13
vpaddd -2816(%rdi),%ymm27,%ymm19
vmovq -432(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm22,%ymm16
vpsrld $3,%ymm22,%ymm24
vpxord %ymm16,%ymm30,%ymm20
vmovq -424(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3264(%rdi),%ymm19,%ymm31
vpaddd %ymm13,%ymm31,%ymm23
vmovdqa64 %ymm23,-2816(%rdi)
vmovq -400(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm24,%ymm20,%ymm21
vprord $17,%ymm18,%ymm14
vmovq -392(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm18,%ymm29
vmovdqa64 -2688(%rdi),%ymm12
vprord $7,%ymm12,%ymm10
vmovq -368(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $18,%ymm12,%ymm15
vpsrld $10,%ymm18,%ymm28
vpxord %ymm29,%ymm14,%ymm11
vmovq -360(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm28,%ymm11,%ymm9
vpsrld $3,%ymm12,%ymm26
vpxord %ymm15,%ymm10,%ymm27
vmovq -336(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm26,%ymm27,%ymm22
vpaddd -1984(%rdi),%ymm21,%ymm30
vpaddd -1408(%rdi),%ymm30,%ymm16
vmovq -328(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd %ymm9,%ymm16,%ymm19
vprord $17,%ymm25,%ymm31
vprord $19,%ymm25,%ymm13
vmovq -304(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $10,%ymm25,%ymm20
vmovdqa64 %ymm19,-1984(%rdi)
vmovdqa64 -1856(%rdi),%ymm24
vmovq -296(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm24,%ymm18
vpxord %ymm13,%ymm31,%ymm14
vpxord %ymm20,%ymm14,%ymm29
vmovq -272(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -2752(%rdi),%ymm22,%ymm11
vprord $18,%ymm24,%ymm28
vpsrld $3,%ymm24,%ymm12
vmovq -264(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm28,%ymm18,%ymm10
vpaddd -3200(%rdi),%ymm11,%ymm15
vpaddd %ymm29,%ymm15,%ymm27
vmovq -240(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -128(%rdi){1to8},%ymm23,%ymm26
vpxord %ymm12,%ymm10,%ymm21
vprord $17,%ymm17,%ymm30
vmovq -232(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm17,%ymm16
vpaddd -124(%rdi){1to8},%ymm27,%ymm9
vpunpckldq %ymm9,%ymm26,%ymm25
vmovq -208(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 %ymm25,640(%r9)
vpsrld $10,%ymm17,%ymm31
vpxord %ymm16,%ymm30,%ymm13
vmovq -200(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm31,%ymm13,%ymm14
vpunpckhdq %ymm9,%ymm26,%ymm20
vmovdqa64 %ymm20,672(%r9)
vmovq -176(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 -2624(%rdi),%ymm22
vpaddd -1920(%rdi),%ymm21,%ymm24
vpaddd -1344(%rdi),%ymm24,%ymm18
vmovq -168(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm14,%ymm18,%ymm28
vprord $7,%ymm22,%ymm11
vprord $18,%ymm22,%ymm15
vmovq -144(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $3,%ymm22,%ymm29
vpaddd 260(%rdi){1to8},%ymm19,%ymm10
vpaddd 264(%rdi){1to8},%ymm28,%ymm12
vmovq -136(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpunpckldq %ymm12,%ymm10,%ymm25
vpxord %ymm15,%ymm11,%ymm17
vpxord %ymm29,%ymm17,%ymm30
vmovq -112(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $17,%ymm23,%ymm16
vmovdqa64 %ymm25,640(%r11)
vpunpckhdq %ymm12,%ymm10,%ymm13
vmovq -104(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vmovdqa64 %ymm13,672(%r11)
vprord $19,%ymm23,%ymm31
vpsrld $10,%ymm23,%ymm26
vmovq -80(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm31,%ymm16,%ymm9
vmovdqa64 -1792(%rdi),%ymm20
vprord $7,%ymm20,%ymm21
vmovq -72(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $18,%ymm20,%ymm24
vpxord %ymm26,%ymm9,%ymm18
vpaddd -2688(%rdi),%ymm30,%ymm14
vmovq -48(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd -3136(%rdi),%ymm14,%ymm22
vpsrld $3,%ymm20,%ymm11
vmovq -40(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm24,%ymm21,%ymm15
vpxord %ymm11,%ymm15,%ymm17
vpaddd %ymm18,%ymm22,%ymm29
vmovq -16(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 -2560(%rdi),%ymm25
vprord $7,%ymm25,%ymm10
vprord $17,%ymm19,%ymm12
vmovq -8(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $19,%ymm19,%ymm13
vpsrld $10,%ymm19,%ymm23
vpxord %ymm13,%ymm12,%ymm16
vmovq 16(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpxord %ymm23,%ymm16,%ymm31
vpaddd -1856(%rdi),%ymm17,%ymm9
vprord $18,%ymm25,%ymm26
vmovq 24(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpsrld $3,%ymm25,%ymm30
vpxord %ymm26,%ymm10,%ymm14
vpaddd -2304(%rdi),%ymm9,%ymm20
vmovq 48(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd %ymm31,%ymm20,%ymm21
vmovdqa64 -1728(%rdi),%ymm24
vpxord %ymm30,%ymm14,%ymm15
vmovq 56(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $17,%ymm27,%ymm11
vprord $19,%ymm27,%ymm22
vprord $7,%ymm24,%ymm18
vmovq 80(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $18,%ymm24,%ymm19
vpsrld $3,%ymm24,%ymm12
vpsrld $10,%ymm27,%ymm13
vmovq 88(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpxord %ymm22,%ymm11,%ymm16
vpxord %ymm13,%ymm16,%ymm23
vpxord %ymm19,%ymm18,%ymm17
vmovq 112(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm12,%ymm17,%ymm25
vprord $17,%ymm28,%ymm10
vpaddd -2624(%rdi),%ymm15,%ymm26
vmovq 120(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -3072(%rdi),%ymm26,%ymm9
vpaddd %ymm23,%ymm9,%ymm20
vprord $19,%ymm28,%ymm31
vmovq 144(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $10,%ymm28,%ymm14
vpxord %ymm31,%ymm10,%ymm30
vpaddd -120(%rdi){1to8},%ymm29,%ymm24
vmovq 152(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -116(%rdi){1to8},%ymm20,%ymm27
vpunpckldq %ymm27,%ymm24,%ymm11
vpxord %ymm14,%ymm30,%ymm22
vmovq 176(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpaddd -1792(%rdi),%ymm25,%ymm16
vpaddd -2240(%rdi),%ymm16,%ymm13
vmovdqa64 %ymm11,704(%r9)
vmovq 184(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpunpckhdq %ymm27,%ymm24,%ymm18
vmovdqa64 %ymm18,736(%r9)
vpaddd %ymm22,%ymm13,%ymm19
vmovq 208(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpaddd 268(%rdi){1to8},%ymm21,%ymm17
vpaddd 272(%rdi){1to8},%ymm19,%ymm12
vmovdqa64 -2496(%rdi),%ymm15
vmovq 216(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $7,%ymm15,%ymm26
vprord $18,%ymm15,%ymm9
vpunpckldq %ymm12,%ymm17,%ymm23
vmovq 240(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vmovdqa64 %ymm23,704(%r11)
vpunpckhdq %ymm12,%ymm17,%ymm28
vpsrld $3,%ymm15,%ymm10
vmovq 248(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm9,%ymm26,%ymm31
vpxord %ymm10,%ymm31,%ymm30
vmovdqa64 %ymm28,736(%r11)
vmovq 272(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vmovdqa64 -1664(%rdi),%ymm14
vprord $7,%ymm14,%ymm25
vprord $17,%ymm29,%ymm16
vmovq 280(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm29,%ymm11
vpsrld $10,%ymm29,%ymm24
vmovq 304(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $18,%ymm14,%ymm27
vpsrld $3,%ymm14,%ymm18
vpxord %ymm27,%ymm25,%ymm13
vmovq 312(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm11,%ymm16,%ymm22
vpxord %ymm24,%ymm22,%ymm23
vpaddd -2560(%rdi),%ymm30,%ymm17
vmovq 336(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm18,%ymm13,%ymm12
vprord $17,%ymm21,%ymm15
vprord $19,%ymm21,%ymm26
vmovq 344(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -3008(%rdi),%ymm17,%ymm9
vpaddd %ymm23,%ymm9,%ymm31
vmovdqa64 -2432(%rdi),%ymm10
vmovq 368(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpsrld $10,%ymm21,%ymm28
vpxord %ymm26,%ymm15,%ymm29
vpxord %ymm28,%ymm29,%ymm14
vmovq 376(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $7,%ymm10,%ymm25
vprord $18,%ymm10,%ymm27
vpsrld $3,%ymm10,%ymm16
vmovq 400(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd -1728(%rdi),%ymm12,%ymm11
vpaddd -2176(%rdi),%ymm11,%ymm22
vpaddd %ymm14,%ymm22,%ymm24
vmovq 408(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm27,%ymm25,%ymm30
vpxord %ymm16,%ymm30,%ymm13
vprord $17,%ymm20,%ymm18
vmovq 432(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vmovdqa64 -1600(%rdi),%ymm17
vprord $7,%ymm17,%ymm9
vprord $18,%ymm17,%ymm23
vmovq 440(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vprord $19,%ymm20,%ymm21
vpsrld $10,%ymm20,%ymm15
vpxord %ymm21,%ymm18,%ymm26
vmovq 464(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpsrld $3,%ymm17,%ymm29
vpxord %ymm23,%ymm9,%ymm28
vpxord %ymm29,%ymm28,%ymm10
vmovq 472(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vprord $17,%ymm19,%ymm12
vprord $19,%ymm19,%ymm11
vpsrld $10,%ymm19,%ymm22
vmovq 496(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm15,%ymm26,%ymm14
vpaddd -2496(%rdi),%ymm13,%ymm25
vpaddd -2944(%rdi),%ymm25,%ymm27
vmovq 504(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm11,%ymm12,%ymm30
vpxord %ymm22,%ymm30,%ymm16
vpaddd -1664(%rdi),%ymm10,%ymm20
vmovq 528(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpaddd %ymm14,%ymm27,%ymm18
vpaddd -112(%rdi){1to8},%ymm31,%ymm21
vpaddd -108(%rdi){1to8},%ymm18,%ymm17
vmovq 536(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpaddd -2112(%rdi),%ymm20,%ymm9
vpaddd %ymm16,%ymm9,%ymm23
vpaddd 276(%rdi){1to8},%ymm24,%ymm28
vmovq 560(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpunpckldq %ymm17,%ymm21,%ymm29
vmovdqa64 %ymm29,768(%r9)
vpunpckhdq %ymm17,%ymm21,%ymm19
vmovq 568(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpaddd 280(%rdi){1to8},%ymm23,%ymm26
vpunpckldq %ymm26,%ymm28,%ymm15
vmovdqa64 %ymm15,768(%r11)
vmovq 592(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vmovdqa64 %ymm19,800(%r9)
vmovdqa64 -2368(%rdi),%ymm13
vprord $7,%ymm13,%ymm25
vmovq 600(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpunpckhdq %ymm26,%ymm28,%ymm12
vmovdqa64 %ymm12,800(%r11)
vmovdqa64 -1536(%rdi),%ymm11
vmovq 624(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vprord $18,%ymm13,%ymm30
vpsrld $3,%ymm13,%ymm22
vmovq 632(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpxord %ymm30,%ymm25,%ymm10
vprord $7,%ymm11,%ymm27
vprord $18,%ymm11,%ymm14
vmovq 656(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vpsrld $3,%ymm11,%ymm20
vpxord %ymm22,%ymm10,%ymm9
vprord $17,%ymm31,%ymm16
vmovq 664(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vprord $19,%ymm31,%ymm29
vpxord %ymm14,%ymm27,%ymm21
vpxord %ymm20,%ymm21,%ymm17
vmovq 688(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vprord $17,%ymm24,%ymm15
vpsrld $10,%ymm31,%ymm19
vpxord %ymm29,%ymm16,%ymm28
vmovq 696(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpxord %ymm19,%ymm28,%ymm26
vprord $19,%ymm24,%ymm12
vpsrld $10,%ymm24,%ymm13
vmovq 720(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vpxord %ymm12,%ymm15,%ymm25
vpaddd -2432(%rdi),%ymm9,%ymm30
vpaddd -2880(%rdi),%ymm30,%ymm11
vmovq 728(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd %ymm26,%ymm11,%ymm10
vpxord %ymm13,%ymm25,%ymm22
vpaddd -1600(%rdi),%ymm17,%ymm27
vmovq 752(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpaddd -2048(%rdi),%ymm27,%ymm14
vmovdqa64 -3328(%rdi),%ymm21
vprord $7,%ymm21,%ymm20
vmovq 760(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vprord $18,%ymm21,%ymm31
vpaddd %ymm22,%ymm14,%ymm16
vmovdqa64 -1472(%rdi),%ymm29
vmovq 784(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm1,%xmm2
vprord $7,%ymm29,%ymm28
vpsrld $3,%ymm21,%ymm19
vpxord %ymm31,%ymm20,%ymm24
vmovq 792(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm3,%xmm4
vpxord %ymm19,%ymm24,%ymm15
vprord $18,%ymm29,%ymm12
vpsrld $3,%ymm29,%ymm9
vmovq 816(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm5,%xmm6
vpxord %ymm12,%ymm28,%ymm30
vprord $17,%ymm18,%ymm11
vprord $19,%ymm18,%ymm26
vmovq 824(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm7,%xmm8
vpsrld $10,%ymm18,%ymm25
vpxord %ymm9,%ymm30,%ymm13
vprord $17,%ymm23,%ymm17
vmovq 848(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm2,%xmm1
vprord $19,%ymm23,%ymm27
vpxord %ymm26,%ymm11,%ymm14
vpxord %ymm25,%ymm14,%ymm22
vmovq 856(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm4,%xmm3
vpaddd -2368(%rdi),%ymm15,%ymm21
vpsrld $10,%ymm23,%ymm20
vpxord %ymm27,%ymm17,%ymm31
vmovq 880(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm6,%xmm5
vpxord %ymm20,%ymm31,%ymm24
vpaddd -2816(%rdi),%ymm21,%ymm19
vpaddd %ymm22,%ymm19,%ymm29
vmovq 888(%r8),%xmm0
nop
sha256rnds2 %xmm0,%xmm8,%xmm7
vpaddd -104(%rdi){1to8},%ymm10,%ymm28
vpaddd -1536(%rdi),%ymm13,%ymm12
vpaddd -1984(%rdi),%ymm12,%ymm18
vmovdqa %xmm1,-752(%rdi)
nop
vmovdqa %xmm2,-624(%rdi)
vpaddd %ymm24,%ymm18,%ymm30
vpaddd -100(%rdi){1to8},%ymm29,%ymm9
vpunpckldq %ymm9,%ymm28,%ymm11
vmovdqa %xmm3,-720(%rdi)
nop
vmovdqa %xmm4,-592(%rdi)
vmovdqa64 %ymm11,832(%r9)
vpaddd 284(%rdi){1to8},%ymm16,%ymm26
vpaddd 288(%rdi){1to8},%ymm30,%ymm14
vmovdqa %xmm5,-688(%rdi)
nop
vmovdqa %xmm6,-560(%rdi)
vpunpckldq %ymm14,%ymm26,%ymm25
vpunpckhdq %ymm9,%ymm28,%ymm15
vmovdqa64 %ymm15,864(%r9)
vmovdqa %xmm7,-656(%rdi)
nop
vmovdqa %xmm8,-528(%rdi)
vmovdqa64 %ymm25,832(%r11)
vpunpckhdq %ymm14,%ymm26,%ymm23
vmovdqa64 %ymm23,864(%r11)
xchgq %r8,%r9
xchgq %r10,%r11
addq $8,%rdx
decq %rsi
jnz 2b
vzeroupper
ret
